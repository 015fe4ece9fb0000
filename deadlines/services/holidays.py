"""What a holiday that is added or changed brings about: open dates move, closed ones never."""

from __future__ import annotations

from django.db import transaction

from audit.services import write_entry
from deadlines.holidays import Within
from deadlines.models import Deadline, Holiday
from deadlines.services.planning_again import plan_around
from deadlines.services.setting import For, set_deadline
from house.rooms import rooms
from house.tracked import history_user
from nhsuk.dates import day


def days_moved_by(holiday: Holiday) -> int:
    """Counts open deadlines anew that rest on the holiday's calendar. Returns how many moved.

    Each move is a new generation, so its reminders are armed again, and stands in the audit. Other
    reminders of these days move to working days.
    """
    with transaction.atomic():
        counted = Deadline.objects.still_open().filter(counting__calendar=holiday.calendar)
        moved = sum(_count_again(deadline, holiday) for deadline in counted.order_by("pk"))
        # As it is now, and as it was before somebody corrected it.
        for was in holiday.history.order_by("-history_id")[:2]:
            if was.calendar == Holiday.Calendar.ENGLAND_AND_WALES:
                plan_around(was.day)
    return moved


def _count_again(deadline: Deadline, holiday: Holiday) -> bool:
    within, before = Within.stored(deadline.counting or {}), deadline.due_on
    if within.due_on == before or before is None:
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
        payload={"from": before.isoformat(), "to": within.due_on.isoformat()},
    )
    deadline.refresh_from_db(fields=["due_on"])
    for room in rooms():
        room.holiday_moved(deadline, before, f"{holiday.name}, {day(holiday.day)}")
    return True


def _holders_of(deadline: Deadline) -> list[For]:
    rows = deadline.holders.select_related("organisation", "person", "team").order_by("pk")
    return [For(h.organisation, h.person, h.team, h.role, h.watches) for h in rows]
