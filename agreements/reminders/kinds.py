"""The kinds of deadlines that this room declares."""

from __future__ import annotations

from agreements.reminders import contacts_confirmed, review, review_to_confirm, role_vacant
from deadlines.kinds import DeadlineKind

KINDS: list[DeadlineKind] = [
    contacts_confirmed.KIND,
    review.KIND,
    review_to_confirm.KIND,
    role_vacant.KIND,
]
