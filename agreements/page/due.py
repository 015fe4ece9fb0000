"""The kinds of deadlines that this room declares."""

from __future__ import annotations

from agreements.contacts.due import contacts_confirmed, role_vacant
from agreements.reviews.due import review
from agreements.reviews.due import to_confirm as review_to_confirm
from agreements.signing.due import signature_awaited
from agreements.versions.due import approval_awaited
from deadlines.kinds import DeadlineKind

KINDS: list[DeadlineKind] = [
    approval_awaited.KIND,
    contacts_confirmed.KIND,
    review.KIND,
    review_to_confirm.KIND,
    role_vacant.KIND,
    signature_awaited.KIND,
]
