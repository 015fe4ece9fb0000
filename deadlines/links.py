"""The link in an e-mail by which a person, with or without an account, says what we send them.

It is signed, not stored, and good for one purpose; opening it changes nothing.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "deadlines.preferences"
GOOD_FOR = timedelta(days=90)


def preferences_url(person_id: int) -> str:
    token = signing.dumps(person_id, salt=SALT)
    return f"{settings.SITE_URL}{reverse('deadlines:preferences_by_mail', args=[token])}"


def person_of(token: str) -> int | None:
    """The person's id; None for a link that is not ours or is too old."""
    try:
        found: int = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return found
