"""The sweep: a due reminder becomes e-mails in the outbox, once, in one transaction.

Celery beat and `send_reminders` only say "look". A crash before the commit leaves the reminder
due; after it the e-mails are there. Two sweeps never take the same row.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from deadlines.models import LastSweep, Reminder
from deadlines.services.taking_up import claim, see_to
from house import clock
from house.once import one_job
from house.rooms import rooms

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
    while left < at_most and (outcomes := take_up(min(BATCH, at_most - left))):
        told, left = told + sum(outcomes), left + len(outcomes)
    if not LastSweep.objects.filter(name=NAME).update(at=clock.now()):
        LastSweep.objects.get_or_create(name=NAME, defaults={"at": clock.now()})
    return told


def take_up(at_most: int) -> list[bool]:
    """Takes up a few due reminders in one transaction: for each whether somebody was told.

    Few, because on SQLite everybody else waits to write meanwhile. One that cannot be told never
    holds up the others: where there is such a one, each has a transaction of its own.
    """
    claimed: dict[int, int] = {}
    try:
        with one_job():
            claimed = claim(_due(), at_most)
            return see_to(claimed) if claimed else []
    except Exception:
        if not claimed:
            raise
        logger.warning("Reminders are taken up one by one", exc_info=True)
    return [_take_up_alone(pk) for pk in claimed]


def _due() -> QuerySet[Reminder]:
    return Reminder.objects.filter(state=State.PENDING, next_try__lte=clock.now())


def _take_up_alone(pk: int) -> bool:
    """The same of one, if no other sweep has it by now; set aside where it cannot be told."""
    try:
        with one_job():
            claimed = claim(_due().filter(pk=pk), 1)
            return any(see_to(claimed)) if claimed else False
    except Exception as problem:
        logger.exception("Reminder %s could not be taken up", pk)
        _set_aside(pk, problem)
        return False


def _set_aside(pk: int, problem: Exception) -> None:
    """Tried again later, and given up where that does not help; administrators see it."""
    with transaction.atomic():
        for reminder in _due().select_for_update(no_key=True).filter(pk=pk):
            reminder.attempts += 1
            reminder.problem = repr(problem)[:300]
            reminder.next_try = clock.now() + WAIT
            if reminder.attempts >= MOST_ATTEMPTS:
                reminder.state = State.FAILED
            reminder.save(update_fields=["attempts", "problem", "next_try", "state"])


def last_swept() -> datetime | None:
    """When the sweep last ran to its end."""
    return LastSweep.objects.filter(name=NAME).values_list("at", flat=True).first()
