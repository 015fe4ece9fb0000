"""How somebody wants to be told, and the link in an e-mail by which they say it.

Whoever has the link need no account. It is signed, not stored, and good for one purpose; opening it
changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from audit.services import write_entry
from deadlines.kinds import kinds
from deadlines.models import MailPreference
from house.actor import acting_as
from parties.models import Person, User

SALT = "deadlines.preferences"
GOOD_FOR = timedelta(days=90)


def preferences_url(person_id: int) -> str:
    token = signing.dumps(person_id, salt=SALT)
    return f"{settings.SITE_URL}{reverse('deadlines:preferences_by_mail', args=[token])}"


def person_of(token: str) -> Person | None:
    """Whose link it is; None for one that is not ours or is too old."""
    try:
        pk: int = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk).first()


def preference_of(person: Person) -> MailPreference:
    """What the person said, or what holds for who said nothing: everything, each at once."""
    return MailPreference.objects.filter(person=person).first() or MailPreference(person=person)


def prefer(*, person: Person, one_digest_a_day: bool, switched_off: Collection[str]) -> None:
    """Keeps how a person wants to be told. What a clause requires stays on, whatever is said."""
    may_go = {kind.key for kind in kinds().values() if kind.may_be_off}
    # Many people have no account: then it is the portal that writes down what they said.
    who = User.objects.filter(person=person).first() or User.objects.system()
    with transaction.atomic(), acting_as(who):
        wishes, _ = MailPreference.objects.get_or_create(person=person)
        wishes.one_digest_a_day = one_digest_a_day
        wishes.switched_off = sorted(may_go.intersection(switched_off))
        wishes.save()
        write_entry(
            actor=who,
            organisation_id=None,
            verb="changed mail preferences",
            about=wishes,
            payload={"person": person.pk, "digest": one_digest_a_day},
        )
