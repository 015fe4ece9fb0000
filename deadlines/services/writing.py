"""The rows of deadlines: made or changed, however many in as few statements as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from deadlines.holidays import bank_holidays
from deadlines.models import Concerned, Deadline, Holder, Reminder
from deadlines.rules.offsets import Due, moments
from deadlines.rules.working_days import Holidays
from house import clock
from parties.models import Organisation, Person, Team

Pending = Reminder.State.PENDING
# The kind, subject and occurrence of a deadline: what makes it one.
Key = tuple[str, str, str]


@dataclass(frozen=True)
class For:
    """Who a deadline is for: in the organisation a person, a team, a role, or all of it."""

    organisation: Organisation
    person: Person | None = None
    team: Team | None = None
    role: str = ""
    watches: bool = False


@dataclass(frozen=True)
class Said:
    """What is said of one deadline: its own columns, and the rows that hang on it."""

    columns: dict[str, Any]
    since: datetime | None
    holders: tuple[For, ...]
    references: frozenset[str]
    catch_up: bool


def write(said: Mapping[Key, Said]) -> set[str]:
    """Makes or changes these deadlines. Gives the references of the agreements they concern now
    or did before, where anything of weight changed."""
    there, made = _lock_or_make(said)
    moved = [key for key, each in there.items() if _change(each, said[key])]
    other = [key for key, each in there.items() if _other_holders(each, said[key])]
    before = {key: references_of(each) for key, each in there.items()}
    elsewhere = [key for key in there if before[key] != said[key].references]
    rows = there | made
    _drop([rows[key] for key in moved], [rows[key] for key in other])
    _write_holders({key: rows[key] for key in [*made, *other]}, said)
    _write_references({key: rows[key] for key in [*made, *elsewhere]}, before, said)
    _arm({key: rows[key] for key in [*made, *moved]}, said)
    changed = {*made, *moved, *other, *elsewhere}
    return {each for key in changed for each in before.get(key, set()) | said[key].references}


def locked(keys: Collection[Key], *related: str) -> dict[Key, Deadline]:
    """Those of these deadlines that are there, locked in one order, or two services wait."""
    if not keys:
        return {}
    which = (Q(kind=kind, subject_key=subject, occurrence=name) for kind, subject, name in keys)
    rows = Deadline.objects.select_for_update(no_key=True).filter(reduce(or_, which))
    found = rows.order_by("pk").prefetch_related(*related)
    return {(each.kind, each.subject_key, each.occurrence): each for each in found}


def references_of(deadline: Deadline) -> set[str]:
    """The agreements that it concerns."""
    return {row.reference for row in deadline.concerned.all()}


def _lock_or_make(said: Mapping[Key, Said]) -> tuple[dict[Key, Deadline], dict[Key, Deadline]]:
    """Those that were there, locked, and those that were made."""
    there = locked(said, "holders", "concerned")
    while lacking := [key for key in said if key not in there]:
        made = {key: _new(key, said[key]) for key in lacking}
        try:
            with transaction.atomic():
                Deadline.objects.bulk_create(made.values())
        except IntegrityError:
            # Somebody else made one of them in this moment.
            meanwhile = locked(lacking, "holders", "concerned")
            if not meanwhile:
                raise
            there |= meanwhile
        else:
            return there, made
    return there, {}


def _new(key: Key, said: Said) -> Deadline:
    names = dict(zip(("kind", "subject_key", "occurrence"), key, strict=True))
    return Deadline(**names, since=said.since or clock.now(), **said.columns)


def _change(deadline: Deadline, said: Said) -> bool:
    """Writes what differs. Returns whether its date was moved, or it was opened again."""
    # One that is opened again waits from now on; one that is open keeps its beginning.
    began = said.since or (deadline.since if deadline.is_open else clock.now())
    columns = said.columns | {"since": began}
    differ = {name for name, value in columns.items() if getattr(deadline, name) != value}
    moved = bool(differ - {"clause_key", "working", "counting"})
    if differ:
        for name in differ:
            setattr(deadline, name, columns[name])
        deadline.closed_at = None
        deadline.generation += int(moved)
        deadline.save()
    return moved


def _other_holders(deadline: Deadline, said: Said) -> bool:
    there = sorted(deadline.holders.all(), key=lambda holder: holder.pk)
    return [_told(each) for each in there] != [_told(each) for each in _holders(deadline, said)]


def _told(holder: Holder) -> tuple[object, ...]:
    """What one holder says, to be compared."""
    return (
        holder.organisation_id, holder.person_id, holder.team_id, holder.role, holder.watches,
        holder.due_on, holder.is_open,
    )  # fmt: skip


def _holders(deadline: Deadline, said: Said) -> list[Holder]:
    return [
        Holder(deadline=deadline, due_on=deadline.due_on, **vars(each)) for each in said.holders
    ]


def _drop(moved: Collection[Deadline], other: Collection[Deadline]) -> None:
    """Reminders of earlier generations are no longer needed; other holders take over."""
    if moved:
        waiting = Reminder.objects.filter(deadline__in=moved, state=Pending)
        waiting.update(state=Reminder.State.NOT_NEEDED)
    if other:
        Holder.objects.filter(deadline__in=other).delete()


def _write_holders(rows: Mapping[Key, Deadline], said: Mapping[Key, Said]) -> None:
    Holder.objects.bulk_create(
        holder for key, deadline in rows.items() for holder in _holders(deadline, said[key])
    )


def _write_references(
    rows: Mapping[Key, Deadline], before: Mapping[Key, set[str]], said: Mapping[Key, Said]
) -> None:
    new: list[Concerned] = []
    for key, deadline in rows.items():
        known, wanted = before.get(key, set()), said[key].references
        if known - wanted:
            deadline.concerned.exclude(reference__in=wanted).delete()
        new += [Concerned(deadline=deadline, reference=each) for each in sorted(wanted - known)]
    Concerned.objects.bulk_create(new)


def _arm(rows: Mapping[Key, Deadline], said: Mapping[Key, Said]) -> None:
    days = bank_holidays() if rows else frozenset()
    Reminder.objects.bulk_create(
        reminder
        for key, deadline in rows.items()
        for reminder in _reminders(deadline, days, catch_up=said[key].catch_up)
    )


def _reminders(deadline: Deadline, days: Holidays, *, catch_up: bool) -> Iterable[Reminder]:
    """Those of the deadline's generation."""
    due = Due(deadline.due_on, deadline.due_at, deadline.since)
    planned = moments(deadline.schedule, due, days)
    now = clock.now()
    passed = sorted((at, offset) for offset, at in planned.items() if at < now)
    late = passed[-1][1] if passed and catch_up else None
    for offset, at in planned.items():
        yield Reminder(
            deadline=deadline,
            generation=deadline.generation,
            offset=offset,
            # One that is caught up with was not late: nobody could have sent it before.
            send_at=now if offset == late else at,
            next_try=now if offset == late else at,
            state=Reminder.State.SKIPPED if at < now and offset != late else Pending,
        )
