"""Dates of one announcement that fall on one moment, so that people are told of them once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F

from communications.models import Announcement
from deadlines.models import Deadline, Reminder

# Those that had to go at once when they were armed were armed one after the other.
MOMENT = timedelta(minutes=1)
# Of an open date one that is not needed is one that another tells too.
TOLD = (Reminder.State.PENDING, Reminder.State.SENT, Reminder.State.NOT_NEEDED)


def announcement_of(deadline: Deadline) -> Announcement:
    """The announcement that a deadline is about."""
    rows = Announcement.objects.select_related("owner", "planned_by__person")
    return rows.get(pk=announcement_id_of(deadline))


def announcement_id_of(deadline: Deadline) -> int:
    return int(deadline.subject_key.partition(":")[2])


def told_together(reminder: Reminder) -> list[Deadline]:
    """The open dates of the same announcement whose like reminder goes at the same moment, this
    one among them, in order of agreement."""
    deadline = reminder.deadline
    beside = Reminder.objects.filter(
        offset=reminder.offset,
        send_at__range=(reminder.send_at - MOMENT, reminder.send_at + MOMENT),
        generation=F("deadline__generation"),
        state__in=TOLD,
        deadline__kind=deadline.kind,
        deadline__subject_key=deadline.subject_key,
    )
    found = Deadline.objects.still_open().filter(pk__in=beside.values("deadline"))
    return list((found | Deadline.objects.filter(pk=deadline.pk)).order_by("occurrence"))


def earlier_of(deadline: Deadline, together: Iterable[Deadline]) -> list[Deadline]:
    """Those of them that come before this one: they tell whoever they have in common."""
    return [other for other in together if other.occurrence < deadline.occurrence]
