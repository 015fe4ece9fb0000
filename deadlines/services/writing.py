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
from deadlines.rules.offsets import EXACT, Due, moments
from deadlines.rules.working_days import Holidays
from deadlines.rules.working_hours import is_open, next_morning
from deadlines.services.lines import put_lines, write_lines
from deadlines.unconfirmed import Unconfirmed, is_silent, kinds_by_text, unconfirmed_of
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


class _Row:
    """A deadline with what is said of it, and what of that is new."""

    def __init__(
        self, deadline: Deadline, said: Said, unconfirmed: Unconfirmed, *, is_new: bool
    ) -> None:
        self.deadline, self.said = deadline, said
        self.moved = is_new or _change(deadline, said)
        self.before = set() if is_new else references_of(deadline)
        self.holders = [
            Holder(
                deadline=deadline,
                due_on=deadline.due_on,
                is_open=not is_silent(each.organisation.pk, said.references, unconfirmed),
                **vars(each),
            )
            for each in said.holders
        ]
        there = [] if is_new else sorted(deadline.holders.all(), key=lambda holder: holder.pk)
        self.has_other_holders = [*map(_told, there)] != [*map(_told, self.holders)]
        self.has_changed = (
            self.moved or self.has_other_holders or self.before != self.said.references
        )


def write(said: Mapping[Key, Said]) -> set[str]:
    """Makes or changes these deadlines. Gives the references of the agreements they concern now
    or did before, where anything of weight changed."""
    there, made = _lock_or_make(said)
    by_text = unconfirmed_of((key[0], each.references) for key, each in said.items())
    rows = [
        _Row(each, said[key], by_text if key[0] in kinds_by_text() else set(), is_new=key in made)
        for key, each in (there | made).items()
    ]
    write_lines(there.values())
    moved, held = [r for r in rows if r.moved], [r for r in rows if r.has_other_holders]
    if there and (moved or held):
        # Reminders of earlier generations are no longer needed; other holders take over.
        waiting = Reminder.objects.filter(deadline__in=[r.deadline for r in moved], state=Pending)
        waiting.update(state=Reminder.State.NOT_NEEDED)
        Holder.objects.filter(deadline__in=[r.deadline for r in held]).delete()
    Holder.objects.bulk_create(holder for row in held for holder in row.holders)
    _write_references(rows)
    if moved:
        days = bank_holidays()
        Reminder.objects.bulk_create(each for row in moved for each in _reminders(row, days))
    return {each for row in rows if row.has_changed for each in row.before | row.said.references}


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
    while lacking := sorted(said.keys() - there.keys()):
        made = {key: _new(key, said[key]) for key in lacking}
        try:
            put_lines(made.values())
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


def _told(holder: Holder) -> tuple[object, ...]:
    """What one holder says, to be compared."""
    return (
        holder.organisation_id, holder.person_id, holder.team_id, holder.role, holder.watches,
        holder.due_on, holder.is_open,
    )  # fmt: skip


def _write_references(rows: Iterable[_Row]) -> None:
    new: list[Concerned] = []
    for row in rows:
        if row.before - row.said.references:
            row.deadline.concerned.exclude(reference__in=row.said.references).delete()
        for each in sorted(row.said.references - row.before):
            new.append(Concerned(deadline=row.deadline, reference=each))
    Concerned.objects.bulk_create(new)


def _reminders(row: _Row, days: Holidays) -> Iterable[Reminder]:
    """Those of the deadline's generation."""
    deadline = row.deadline
    due = Due(deadline.due_on, deadline.due_at, deadline.since)
    planned = moments(deadline.schedule, due, days)
    now = clock.now()
    passed = [offset for offset, at in planned.items() if at < now]
    late = passed[-1] if passed and row.said.catch_up else None
    for offset, at in planned.items():
        # One that is caught up with was not late: nobody could have sent it before.
        goes = _soonest(offset, now, days) if offset == late else at
        yield Reminder(
            deadline=deadline,
            generation=deadline.generation,
            offset=offset,
            send_at=goes,
            next_try=goes,
            state=Reminder.State.SKIPPED if at < now and offset != late else Pending,
        )


def _soonest(offset: str, now: datetime, days: Holidays) -> datetime:
    """At once, or when people are reminded again."""
    at_once = offset == EXACT or is_open(now, days)
    return now if at_once else next_morning(now, days)
