"""The kinds of deadlines that this room declares."""

from __future__ import annotations

from agreements.reminders import review, review_to_confirm
from deadlines.kinds import DeadlineKind

KINDS: list[DeadlineKind] = [review.KIND, review_to_confirm.KIND]
