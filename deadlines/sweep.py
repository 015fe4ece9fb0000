"""The sweep: a due reminder becomes e-mails in the outbox, once, in one transaction.

Celery beat and `send_reminders` only say "look". A crash before the commit leaves the reminder
due; after it the e-mails are there. Two sweeps never take the same row.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from deadlines.kinds import kind_of, read_for
from deadlines.models import Deadline, LastSweep, Reminder
from deadlines.rules.offsets import MONTHLY, Due, next_monthly
from deadlines.services.telling import tell
from house import clock
from house.once import forget, one_job
from house.rooms import rooms
from mail.kinds import NotNeeded

logger = logging.getLogger(__name__)

State = Reminder.State
NAME = "reminders"
BATCH = 20
MOST_ATTEMPTS = 5
WAIT = timedelta(minutes=10)


def sweep_reminders(*, at_most: int = 2_000) -> int:
    """Takes up what is due now. Returns how many reminders became e-mails.

    Rooms first see to what the days brought by themselves, such as the turn of an MoU year.
    """
    for room in rooms():
        room.time_passed()
    told = left = 0
    while left < at_most and _due().exists():
        outcomes = take_up(min(BATCH, at_most - left))
        if not outcomes:  # another sweep has them
            break
        told, left = told + sum(outcomes), left + len(outcomes)
    if not LastSweep.objects.filter(name=NAME).update(at=clock.now()):
        LastSweep.objects.get_or_create(name=NAME, defaults={"at": clock.now()})
    return told


def take_up(at_most: int) -> list[bool]:
    """Takes up a few due reminders in one transaction: for each whether somebody was told.

    Few, because on SQLite everybody else waits to write meanwhile.
    """
    with one_job():
        claimed = _claim(at_most)
        read_for([reminder.deadline for reminder in claimed])
        overtaken = _overtaken(claimed)
        taken_up = [_take_up_safely(each, is_overtaken=each.pk in overtaken) for each in claimed]
        marked = [reminder for reminder in claimed if reminder.taken_up_at]
        Reminder.objects.bulk_update(marked, ["state", "taken_up_at", "told"])
        return taken_up


def _due() -> QuerySet[Reminder]:
    return Reminder.objects.filter(state=State.PENDING, next_try__lte=clock.now())


def _claim(at_most: int) -> list[Reminder]:
    """The next due reminders, their rows locked; rows that another sweep holds are passed over."""
    skip = connection.features.has_select_for_update_skip_locked
    rows = _due().select_for_update(skip_locked=skip, no_key=True, of=("self",))
    found = rows.select_related("deadline").prefetch_related("deadline__concerned")
    return list(found.order_by("next_try", "pk")[:at_most])


def _overtaken(claimed: Collection[Reminder]) -> set[int]:
    """Those of which a later reminder of the same deadline is due too: after an outage people are
    told once."""
    rows = Reminder.objects.filter(
        deadline__in={each.deadline_id for each in claimed},
        state=State.PENDING,
        send_at__lte=clock.now(),
    )
    newest: dict[tuple[int, int], datetime] = {}
    for deadline, generation, at in rows.values_list("deadline", "generation", "send_at"):
        key = deadline, generation
        newest[key] = max(at, newest.get(key, at))
    return {
        each.pk
        for each in claimed
        if newest.get((each.deadline_id, each.generation), each.send_at) > each.send_at
    }


def _take_up_safely(reminder: Reminder, *, is_overtaken: bool) -> bool:
    """One that cannot be told must never hold up the others."""
    try:
        with transaction.atomic():
            return _take_up(reminder, is_overtaken=is_overtaken)
    except Exception as problem:
        forget()
        logger.exception("Reminder %s could not be taken up", reminder.pk)
        _set_aside(reminder, problem)
        return False


def _take_up(reminder: Reminder, *, is_overtaken: bool) -> bool:
    deadline = reminder.deadline
    if not deadline.is_open or reminder.generation != deadline.generation:
        return _mark(reminder, State.NOT_NEEDED)
    _plan_monthly(reminder)
    if is_overtaken:
        return _mark(reminder, State.COLLAPSED)
    try:
        found = list(kind_of(deadline).recipients(deadline, reminder))
    except NotNeeded:
        return _mark(reminder, State.NOT_NEEDED)
    told = Counter(each.organisation_id or 0 for each in tell(found, of=reminder))
    reminder.told = {str(organisation): number for organisation, number in told.items()}
    return _mark(reminder, State.SENT if found else State.NOBODY)


def _plan_monthly(reminder: Reminder) -> None:
    """With the last reminder of a schedule that repeats, the next month's is armed."""
    deadline: Deadline = reminder.deadline
    if MONTHLY not in deadline.schedule or deadline.due_on is None:
        return
    later = deadline.reminders.filter(
        generation=reminder.generation, state=State.PENDING, send_at__gt=reminder.send_at
    )
    if later.exists():
        return
    due = Due(deadline.due_on, deadline.due_at, deadline.since)
    offset, at = next_monthly(due, max(reminder.send_at, clock.now()))
    Reminder.objects.get_or_create(
        deadline=deadline,
        generation=deadline.generation,
        offset=offset,
        defaults={"send_at": at, "next_try": at},
    )


def _mark(reminder: Reminder, state: Reminder.State) -> bool:
    """What came of it, written with that of the others."""
    reminder.state, reminder.taken_up_at = state, clock.now()
    return state == State.SENT


def _set_aside(reminder: Reminder, problem: Exception) -> None:
    """Tried again later, and given up where that does not help; administrators see it."""
    reminder.taken_up_at = None
    reminder.attempts += 1
    reminder.problem = repr(problem)[:300]
    reminder.next_try = clock.now() + WAIT
    if reminder.attempts >= MOST_ATTEMPTS:
        reminder.state = State.FAILED
    reminder.save(update_fields=["attempts", "problem", "next_try", "state"])


def last_swept() -> datetime | None:
    """When the sweep last ran to its end."""
    return LastSweep.objects.filter(name=NAME).values_list("at", flat=True).first()
