"""Setting, moving, meeting and cancelling deadlines. Rooms call these in their own transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from deadlines.holidays import holidays_of
from deadlines.models import Concerned, Deadline, Holder, Holiday, Reminder
from deadlines.rules.offsets import Due, moments
from house import clock
from house.clock import london_day
from house.lifecycle import lock
from house.rooms import rooms
from parties.models import Organisation, Person, Team

Pending = Reminder.State.PENDING


@dataclass(frozen=True)
class For:
    """Who a deadline is for: in the organisation a person, a team, a role, or all of it."""

    organisation: Organisation
    person: Person | None = None
    team: Team | None = None
    role: str = ""
    watches: bool = False


def set_deadline(
    *,
    kind: str,
    subject_key: str,
    occurrence: str = "",
    due_on: date | None = None,
    due_at: datetime | None = None,
    since: datetime | None = None,
    schedule: Sequence[str] = (),
    holders: Iterable[For] = (),
    references: Collection[str] = (),
    clause_key: str = "",
    working: str = "",
    counting: Mapping[str, Any] | None = None,
    catch_up: bool = True,
) -> Deadline:
    """Makes the deadline, or moves it. The same call again changes nothing.

    A moved date, or one that is opened again, is a new generation with reminders of its own. With
    `catch_up` the newest reminder that should have gone already goes at once; the others before
    it are skipped.
    """
    with transaction.atomic():
        deadline, made = Deadline.objects.select_for_update(no_key=True).get_or_create(
            kind=kind,
            subject_key=subject_key,
            occurrence=occurrence,
            defaults={"since": since or clock.now()},
        )
        # One that is opened again waits from now on; one that is open keeps its beginning.
        began = since or (deadline.since if deadline.is_open else clock.now())
        wanted = {
            "state": Deadline.State.OPEN,
            "due_on": london_day(due_at) if due_at else due_on,
            "due_at": due_at,
            "since": began,
            "schedule": list(schedule),
        }
        moved = made or _differs(deadline, wanted)
        said = {"clause_key": clause_key, "working": working, "counting": counting}
        if moved or _differs(deadline, said):
            _write(deadline, wanted | said)
            deadline.closed_at = None
            deadline.generation += int(moved and not made)
            deadline.save()
        changed = _write_holders(deadline, holders, is_new=made)
        before = set() if made else _references(deadline)
        _write_references(deadline, before, references)
        if moved:
            _arm(deadline, catch_up=catch_up)
        if moved or changed or before != set(references):
            _tell_rooms({*before, *references})
    return deadline


def _differs(deadline: Deadline, wanted: Mapping[str, Any]) -> bool:
    return any(getattr(deadline, name) != value for name, value in wanted.items())


def _write(deadline: Deadline, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(deadline, name, dict(value) if isinstance(value, Mapping) else value)


def meet_deadline(*, kind: str, subject_key: str, occurrence: str = "") -> bool:
    """What was due is done. Returns whether it was open."""
    return _close(kind, subject_key, occurrence, Deadline.State.MET)


def cancel_deadline(*, kind: str, subject_key: str, occurrence: str = "") -> bool:
    """It is no longer due. Returns whether it was open."""
    return _close(kind, subject_key, occurrence, Deadline.State.CANCELLED)


def cancel_all_about(reference: str) -> int:
    """Nothing of this agreement is due any more, but what concerns others too. Gives how many."""
    about = Deadline.objects.about(reference).still_open().prefetch_related("concerned")
    only = [d for d in about.order_by("pk") if len(d.concerned.all()) == 1]
    for each in only:
        _close(each.kind, each.subject_key, each.occurrence, Deadline.State.CANCELLED)
    return len(only)


def _close(kind: str, subject_key: str, occurrence: str, state: Deadline.State) -> bool:
    with transaction.atomic():
        found = Deadline.objects.filter(
            kind=kind, subject_key=subject_key, occurrence=occurrence
        ).first()
        if found is None:
            return False
        deadline = lock(found)
        if not deadline.is_open:
            return False
        deadline.state, deadline.closed_at = state, clock.now()
        deadline.save(update_fields=["state", "closed_at"])
        deadline.holders.update(is_open=False)
        deadline.reminders.filter(state=Pending).update(state=Reminder.State.NOT_NEEDED)
        _tell_rooms(deadline.concerned.values_list("reference", flat=True))
    return True


def _write_holders(deadline: Deadline, holders: Iterable[For], *, is_new: bool) -> bool:
    """Returns whether any changed."""
    wanted = [
        Holder(
            deadline=deadline,
            organisation=each.organisation,
            person=each.person,
            team=each.team,
            role=each.role,
            watches=each.watches,
            due_on=deadline.due_on,
        )
        for each in holders
    ]
    there = [] if is_new else list(deadline.holders.order_by("pk"))
    if [_told(holder) for holder in there] == [_told(holder) for holder in wanted]:
        return False
    if there:
        deadline.holders.all().delete()
    Holder.objects.bulk_create(wanted)
    return True


def _told(holder: Holder) -> tuple[object, ...]:
    """What one holder says, to be compared."""
    return (
        holder.organisation_id, holder.person_id, holder.team_id, holder.role, holder.watches,
        holder.due_on, holder.is_open,
    )  # fmt: skip


def _references(deadline: Deadline) -> set[str]:
    return set(deadline.concerned.values_list("reference", flat=True))


def _write_references(deadline: Deadline, before: set[str], wanted: Collection[str]) -> None:
    if before - set(wanted):
        deadline.concerned.exclude(reference__in=wanted).delete()
    Concerned.objects.bulk_create(
        Concerned(deadline=deadline, reference=each) for each in sorted(set(wanted) - before)
    )


def _arm(deadline: Deadline, *, catch_up: bool) -> None:
    """Writes the reminders of this generation; those of earlier ones are no longer needed."""
    deadline.reminders.filter(state=Pending).update(state=Reminder.State.NOT_NEEDED)
    due = Due(deadline.due_on, deadline.due_at, deadline.since)
    planned = moments(deadline.schedule, due, holidays_of(Holiday.Calendar.ENGLAND_AND_WALES))
    now = clock.now()
    passed = sorted((at, offset) for offset, at in planned.items() if at < now)
    late = passed[-1][1] if passed and catch_up else None
    Reminder.objects.bulk_create(
        Reminder(
            deadline=deadline,
            generation=deadline.generation,
            offset=offset,
            # One that is caught up with was not late: nobody could have sent it before.
            send_at=now if offset == late else at,
            next_try=now if offset == late else at,
            state=Reminder.State.SKIPPED if at < now and offset != late else Pending,
        )
        for offset, at in planned.items()
    )


def _tell_rooms(references: Iterable[str]) -> None:
    """Upper rooms keep the nearest date of an agreement beside it; in one order, or two wait."""
    found = sorted(set(references))
    for room in rooms() if found else ():
        room.deadlines_changed(found)
