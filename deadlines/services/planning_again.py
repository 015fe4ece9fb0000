"""Reminders that wait are planned anew where the days on which people work are others now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from deadlines.holidays import bank_holidays
from deadlines.models import Reminder
from deadlines.rules.offsets import EXACT, WORKING, Due, moment, moments
from deadlines.rules.working_days import Holidays, last_working_day_before, working_days_after
from deadlines.rules.working_hours import LAST, OPENS, at_time, is_open, next_morning
from house import clock

BATCH = 500
# Nobody is reminded more working days before or after a date than fit into this.
ACROSS = timedelta(days=40)
SATURDAY = 6


def plan_around(day: date) -> int:
    """A day became a holiday of England and Wales, or is none any more: what goes on it, or was
    moved from it to the working days beside, is planned anew. Returns how many moved."""
    days = bank_holidays()
    first = at_time(last_working_day_before(day, days), time(0))
    end = at_time(working_days_after(day, 1, days) + timedelta(days=1), time(0))
    near = Q(send_at__gte=first, send_at__lt=end)
    # Counted in working days across it, they move though they go on another day.
    across = Q(
        offset__startswith=f"{WORKING}:", send_at__gte=first - ACROSS, send_at__lt=end + ACROSS
    )
    return _plan_again(near | across)


def plan_into_working_hours() -> int:
    """What a former release planned for nights, weekends and holidays goes in working hours.

    Returns how many moved; a second run finds none.
    """
    closed = Q(send_at__iso_week_day__gte=SATURDAY) | Q(send_at__date__in=_holidays_ahead())
    at_night = Q(send_at__time__lt=OPENS) | Q(send_at__time__gt=LAST)
    return _plan_again((closed | at_night) & ~Q(offset=EXACT))


def _holidays_ahead() -> list[date]:
    return [day for day in bank_holidays() if day >= clock.today()]


def _plan_again(which: Q) -> int:
    """In the order of their keys, a batch after the other, each in a transaction."""
    waiting = Reminder.objects.filter(state=Reminder.State.PENDING, send_at__gt=clock.now())
    last = moved = 0
    while True:
        with transaction.atomic():
            rows = waiting.filter(which, pk__gt=last).select_for_update(of=("self",), no_key=True)
            batch = list(rows.select_related("deadline").order_by("pk")[:BATCH])
            moved += _move(batch)
        if not batch:
            return moved
        last = batch[-1].pk


def _move(reminders: Collection[Reminder]) -> int:
    days, moved = bank_holidays(), []
    for reminder in reminders:
        at = _planned(reminder, days)
        if at and at != reminder.send_at:
            reminder.send_at = reminder.next_try = at
            moved.append(reminder)
    Reminder.objects.bulk_update(moved, ["send_at", "next_try"])
    return len(moved)


def _planned(reminder: Reminder, days: Holidays) -> datetime | None:
    """When it goes now: not before people are reminded next, as nothing was missed."""
    deadline, now = reminder.deadline, clock.now()
    due = Due(deadline.due_on, deadline.due_at, deadline.since)
    planned = moments(deadline.schedule, due, days)
    at = planned.get(reminder.offset) or moment(reminder.offset, due, days)
    return at and max(at, now if is_open(now, days) else next_morning(now, days))
