"""Setting, moving, meeting and cancelling deadlines. Rooms call these in their own transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count

from deadlines.holidays import Within
from deadlines.models import Deadline, Holder, Reminder
from deadlines.services.writing import For as For
from deadlines.services.writing import Key, Said, locked, references_of, write
from deadlines.unconfirmed import kinds_by_text
from house import clock
from house.clock import london_day
from house.once import forget_about
from house.rooms import rooms


@dataclass
class _Gathered:
    """What is still to be written, and the agreements whose deadlines changed."""

    said: dict[Key, Said] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)


_gathered: ContextVar[_Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def set_together() -> Iterator[None]:
    """Writes what is set in the block at its end: however much it is, in as few statements as one.

    Rooms are told then, once. What is met or cancelled is closed at once; nothing in the block may
    rest on a deadline that the block sets. A block within another is part of it.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered = _Gathered()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    with transaction.atomic(savepoint=False):
        tell_rooms(gathered.changed | write(gathered.said))


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
    within: Within | None = None,
    catch_up: bool = True,
) -> None:
    """Makes the deadline, or moves it. The same call again changes nothing.

    A moved date, or one that is opened again, is a new generation with reminders of its own. With
    `catch_up` the newest reminder that should have gone already goes at once; the others before
    it are skipped. `within` gives the day and the working of what is counted in working days; it
    moves when a holiday is added.
    """
    if within:
        due_on, working = within.due_on, within.working
    columns = {
        "state": Deadline.State.OPEN,
        "due_on": london_day(due_at) if due_at else due_on,
        "due_at": due_at,
        "schedule": list(schedule),
        "clause_key": clause_key,
        "working": working,
        "counting": within.as_stored if within else None,
    }
    said = Said(columns, since, tuple(holders), frozenset(references), catch_up)
    with set_together():
        _now_gathered().said[kind, subject_key, occurrence] = said


def meet_deadline(*, kind: str, subject_key: str, occurrence: str = "") -> bool:
    """What was due is done. Returns whether it was open."""
    return _close([(kind, subject_key, occurrence)], Deadline.State.MET)


def cancel_deadline(*, kind: str, subject_key: str, occurrence: str = "") -> bool:
    """It is no longer due. Returns whether it was open."""
    return cancel_deadlines([(kind, subject_key, occurrence)])


def cancel_deadlines(keys: Collection[Key]) -> bool:
    """The same for many, in as few statements as for one. Returns whether any was open."""
    return _close(keys, Deadline.State.CANCELLED)


def cancel_all_about(reference: str) -> None:
    """Nothing that is about this agreement alone is due any more."""
    with set_together():
        about = Deadline.objects.still_open().about(reference)
        alone = about.annotate(agreements=Count("concerned")).filter(agreements=1)
        cancel_deadlines(list(alone.values_list("kind", "subject_key", "occurrence")))


def wait_for(reference: str, organisation_id: int) -> None:
    """The organisation has confirmed the text of an agreement: what follows from it waits for it
    too from now on. Call it with the agreement's row locked."""
    _open_holders(reference, [organisation_id], is_open=True)


def silence(reference: str, organisations: Collection[int]) -> bool:
    """What follows from the text of this agreement alone waits for these no longer: they have not
    confirmed it. Returns whether it did wait for one."""
    return _open_holders(reference, organisations, is_open=False, alone=True)


def _open_holders(
    reference: str, organisations: Collection[int], *, is_open: bool, alone: bool = False
) -> bool:
    with set_together():
        found = Deadline.objects.still_open().about(reference).filter(kind__in=kinds_by_text())
        if alone:
            found = found.annotate(agreements=Count("concerned")).filter(agreements=1)
        held = Holder.objects.filter(
            deadline__in=found.values("pk"), organisation__in=organisations, is_open=not is_open
        )
        changed = held.update(is_open=is_open)
        if changed:
            _now_gathered().changed.add(reference)
    return bool(changed)


def _close(keys: Collection[Key], state: Deadline.State) -> bool:
    with set_together(), transaction.atomic(savepoint=False):
        for key in keys:
            _now_gathered().said.pop(key, None)
        found = [each for each in locked(keys, "concerned").values() if each.is_open]
        if not found:
            return False
        closed = Deadline.objects.filter(pk__in=[each.pk for each in found])
        closed.update(state=state, closed_at=clock.now())
        forget_about(Deadline)
        Holder.objects.filter(deadline__in=closed).update(is_open=False)
        waiting = Reminder.objects.filter(deadline__in=closed, state=Reminder.State.PENDING)
        waiting.update(state=Reminder.State.NOT_NEEDED)
        for each in found:
            _now_gathered().changed |= references_of(each)
    return True


def _now_gathered() -> _Gathered:
    gathered = _gathered.get()
    assert gathered is not None  # noqa: S101 - every caller is in `set_together`
    return gathered


def tell_rooms(references: Iterable[str]) -> None:
    """Upper rooms keep the nearest date of an agreement beside it; in one order, or two wait."""
    found = sorted(set(references))
    for room in rooms() if found else ():
        room.deadlines_changed(found)
