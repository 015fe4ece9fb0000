"""The link in an e-mail by which a key contact says whether they still are it.

It is signed, not stored, and good for one purpose; opening it changes nothing. It names who was
asked and for which organisation; what they are asked is read when the page opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from parties.models import Organisation, Person, Team

SALT = "agreements.contacts"
GOOD_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """Who is asked, a person or a team, and for whom they are a contact."""

    holder: Person | Team
    organisation: Organisation


def confirm_url(asked: Asked) -> str:
    """The whole address of the page, for an e-mail."""
    kind = "team" if isinstance(asked.holder, Team) else "person"
    token = signing.dumps([kind, asked.holder.pk, asked.organisation.pk], salt=SALT)
    return f"{settings.SITE_URL}{reverse('agreements:contacts_by_mail', args=[token])}"


def asked_with(token: str) -> Asked | None:
    """Who opens the page; None for a link that is not ours or is too old."""
    try:
        kind, holder, organisation = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    found = (Team if kind == "team" else Person).objects.filter(pk=holder).first()
    of = Organisation.objects.named().filter(pk=organisation).first()
    return Asked(found, of) if found and of else None
