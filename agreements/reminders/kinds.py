"""The kinds of deadlines that this room declares."""

from __future__ import annotations

from agreements.reminders import (
    approval_awaited,
    contacts_confirmed,
    review,
    review_to_confirm,
    role_vacant,
    signature_awaited,
)
from deadlines.kinds import DeadlineKind

KINDS: list[DeadlineKind] = [
    approval_awaited.KIND,
    contacts_confirmed.KIND,
    review.KIND,
    review_to_confirm.KIND,
    role_vacant.KIND,
    signature_awaited.KIND,
]
