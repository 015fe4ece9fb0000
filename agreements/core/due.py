"""What the deadlines of this room are called: their kinds, and the key of what each is about."""

from __future__ import annotations

from django.db.models import Model

APPROVAL_AWAITED = "approval_awaited"
CONTACTS_CONFIRMED = "contacts_confirmed"
REVIEW = "review"
REVIEW_TO_CONFIRM = "review_to_confirm"
ROLE_VACANT = "role_vacant"
SIGNATURE_AWAITED = "signature_awaited"


def key_of(subject: Model) -> str:
    """ "agreement:17"."""
    return f"{subject._meta.model_name}:{subject.pk}"


def number_in(key: str) -> int:
    """17 of "agreement:17"."""
    return int(key.partition(":")[2])
