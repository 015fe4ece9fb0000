"""What a holiday that is added or changed brings about: open dates move, closed ones never."""

from __future__ import annotations

from django.db import transaction

from audit.services import write_entry
from deadlines.holidays import Within, holidays_of
from deadlines.models import Deadline, Holiday, Reminder
from deadlines.rules.offsets import Due, moment
from deadlines.services.setting import For, set_deadline
from house.lifecycle import lock
from house.tracked import history_user


def days_moved_by(holiday: Holiday) -> int:
    """Counts open deadlines anew that rest on the holiday's calendar. Returns how many moved.

    Each move is a new generation, so its reminders are armed again, and stands in the audit.
    """
    with transaction.atomic():
        counted = Deadline.objects.still_open().filter(counting__calendar=holiday.calendar)
        moved = sum(_count_again(deadline) for deadline in counted.order_by("pk"))
        if holiday.calendar == Holiday.Calendar.ENGLAND_AND_WALES:
            _plan_eves_again()
    return moved


def _count_again(deadline: Deadline) -> bool:
    within, before = Within.stored(deadline.counting or {}), deadline.due_on
    if within.due_on == before:
        return False
    set_deadline(
        kind=deadline.kind,
        subject_key=deadline.subject_key,
        occurrence=deadline.occurrence,
        within=within,
        schedule=deadline.schedule,
        holders=_holders_of(deadline),
        references=list(deadline.concerned.values_list("reference", flat=True)),
        clause_key=deadline.clause_key,
    )
    write_entry(
        actor=history_user(),
        organisation_id=None,
        verb="moved a deadline for a holiday",
        about=deadline,
        payload={"from": before and before.isoformat(), "to": within.due_on.isoformat()},
    )
    return True


def _plan_eves_again() -> None:
    """A reminder for the last working day before moves with the days that are none."""
    days = holidays_of(Holiday.Calendar.ENGLAND_AND_WALES)
    waiting = Reminder.objects.filter(offset="eve", state=Reminder.State.PENDING)
    for reminder in waiting.select_related("deadline").order_by("pk"):
        deadline = reminder.deadline
        at = moment("eve", Due(deadline.due_on, deadline.due_at, deadline.since), days)
        if at and at != reminder.send_at:
            reminder = lock(reminder)
            reminder.send_at = reminder.next_try = at
            reminder.save(update_fields=["send_at", "next_try"])


def _holders_of(deadline: Deadline) -> list[For]:
    rows = deadline.holders.select_related("organisation", "person", "team").order_by("pk")
    return [For(h.organisation, h.person, h.team, h.role, h.watches) for h in rows]
