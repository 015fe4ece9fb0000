"""A succession is recorded, agreed by the organisation whose place is taken, and withdrawn before
its day. What it does on its day is in `passing.py`."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from agreements.models import Agreement, SuccessionMove
from agreements.succession.due import ask_whether_so, no_longer_asked
from agreements.succession.queries import beside, comes_first, held_from
from agreements.succession.rules import DAY, ONCE, check, check_beside
from agreements.succession.services.beginning import begin
from agreements.succession.services.telling import tell_asked
from audit.services import record
from house import clock
from house.lifecycle import lock, move_locked
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import SUCCESSION_LIFECYCLE, Organisation, Role, Succession


def prepare(
    *,
    by: Acting,
    old: Organisation,
    new: Organisation,
    on: date,
    instrument: str,
    full: bool = True,
    batch: uuid.UUID | None = None,
) -> Succession:
    """Writes down what is meant, so that it can be looked at first: nothing follows from it yet.

    Raises NotYours for whoever does not administer the successor, Refused for what cannot be.
    """
    require_recorder(by, new)
    found = Succession(
        old=old, new=new, on=on, instrument=instrument, full=full, batch=batch,
        recorded_by=by.who, recorded_at=clock.now(),
    )  # fmt: skip
    _check(found)
    with transaction.atomic():
        found.save()
        record(by, "prepared a succession", found, old=old.pk, new=new.pk, on=on.isoformat())
    return found


def confirm(*, by: Acting, succession: Succession) -> Succession:
    """The successor means it: the old organisation's administrators are asked whether it is so.

    What a system administrator says holds at once: they have looked at the instrument.
    """
    require_recorder(by, succession.new)
    if by.user.is_superuser:
        return agree(by=by, succession=succession, agreements=_chosen(succession))
    with _locked(succession) as current:
        _check(current)
        _move(current, "ask")
        record(by, "asked for a succession", current)
        ask_whether_so(current)
        tell_asked(current)
    return current


def agree(
    *, by: Acting, succession: Succession, agreements: Collection[int] | None = None
) -> Succession:
    """The old organisation's administrator, or a system administrator, says that it is so.

    In part `agreements` are those that go over. From its day on nobody of an organisation that
    another succeeds in full acts for it. What its day brings begins at once where it has come.
    """
    require_old(by, succession)
    with _locked(succession) as current:
        _check(current)
        _move(current, "agree", agreed_by=by.who)
        no_longer_asked(current, is_so=True)
        _choose(current, agreements)
        if current.full:
            _close(current)
        record(by, "agreed to a succession", current, agreements=len(agreements or ()))
        if current.on <= clock.today() and not comes_first(current).exists():
            begin(current)
    return current


def withdraw(*, by: Acting, succession: Succession, because: str) -> None:
    """Before its day either organisation, or a system administrator, can say that it is not so.

    Raises Refused once it has begun: then another succession alone undoes it.
    """
    old_says = succession.old_id == by.organisation_id and not succession.is_prepared
    if not old_says:
        require_recorder(by, succession.new)
    elif not by.has(Role.ADMINISTRATOR):
        raise NotYours(f"Only an administrator of {succession.old} may do this.")
    with _locked(succession) as current:
        if not current.can_be_withdrawn:
            raise Refused(
                "It has begun, so it cannot be withdrawn. What it did is undone by another "
                "succession."
            )
        if current.full and current.is_planned:
            current.old.closed_on = current.closed_before
            current.old.save(update_fields=["closed_on"])
        _move(current, "withdraw", withdrawn_because=because)
        no_longer_asked(current, is_so=False)
        record(by, "withdrew a succession", current, because=because)


def require_recorder(by: Acting, new: Organisation) -> None:
    """Raises NotYours for everybody but an administrator of the successor and the system's."""
    own = by.organisation_id == new.pk and by.has(Role.ADMINISTRATOR)
    if not own and not by.user.is_superuser:
        raise NotYours(f"Only an administrator of {new.name} or of the portal may do this.")


def may_agree(by: Acting, succession: Succession) -> bool:
    own = by.organisation_id == succession.old_id and by.has(Role.ADMINISTRATOR)
    return own or bool(by.user.is_superuser)


def require_old(by: Acting, succession: Succession) -> None:
    if not may_agree(by, succession):
        raise NotYours(f"Only an administrator of {succession.old} or of the portal may do this.")


def _check(found: Succession) -> None:
    check(found.old, found.new, found.on, clock.today(), full=found.full)
    check_beside(found, beside(found))


@contextmanager
def _locked(succession: Succession) -> Iterator[Succession]:
    """Both organisations, then the succession, as they are now."""
    try:
        with transaction.atomic():
            pair = Organisation.objects.filter(pk__in=[succession.old_id, succession.new_id])
            both = {each.pk: each for each in pair.order_by("pk").select_for_update(no_key=True)}
            current = lock(succession)
            current.old, current.new = both[current.old_id], both[current.new_id]
            yield current
    except IntegrityError as problem:
        raise Refused(ONCE.format(old=succession.old)) from problem


def _chosen(succession: Succession) -> list[int]:
    return list(succession.moves.values_list("agreement", flat=True))


def _choose(current: Succession, agreements: Collection[int] | None) -> None:
    if current.full:
        return
    held = set(held_from(current.old_id, current.on).values_list("pk", flat=True))
    chosen = held & set(agreements or ())
    if not chosen:
        raise Refused("Choose the agreements that go over.", field="agreements")
    there = set(_chosen(current))
    SuccessionMove.objects.bulk_create(
        SuccessionMove(succession=current, agreement=each)
        for each in Agreement.objects.filter(pk__in=chosen - there).order_by("reference")
    )


def _close(current: Succession) -> None:
    """Its last day is the day before, if it has not closed by then."""
    current.closed_before = current.old.closed_on
    current.save(update_fields=["closed_before"])
    last = current.on - DAY
    if current.old.closed_on is None or current.old.closed_on > last:
        current.old.closed_on = last
        current.old.save(update_fields=["closed_on"])


def _move(current: Succession, step: str, **said: Any) -> None:
    move_locked(current, step, lifecycle=SUCCESSION_LIFECYCLE, **said)
