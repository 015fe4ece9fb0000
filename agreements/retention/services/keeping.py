"""A party places a hold or takes its own off, or decides that an MoU is kept longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from agreements.core.parties import require_role, side_of
from agreements.core.sides import stands_for
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, Hold, KeptLonger
from agreements.retention.due import set_retention_due
from agreements.retention.queries import until_of
from agreements.retention.rules import longest_until
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from house.rooms import rooms
from nhsuk.dates import day
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.who import MANAGERS


def place_hold(*, by: Acting, agreement: Agreement, kind: str, because: str) -> Hold:
    """Stops the disposal of the MoU, and the reminders of it. The other parties are told that it
    stands, and for what kind of reason. Raises Refused for a second one of the kind."""
    with _locked(by, agreement) as current:
        if current.is_disposed:
            raise Refused("This MoU was disposed of, so there is nothing left to hold.")
        if current.in_force_version_id is None:
            raise Refused("This MoU never came into force, so nothing of it is kept for years.")
        known = Hold.objects.standing().filter(agreement=current, kind=kind)
        if any(is_hold_of(by, current, each) for each in known):
            raise Refused("Your organisation has a hold for this already.", field="kind")
        hold = Hold.objects.create(
            agreement=current, kind=kind, because=because, placed_by=by.who,
            placed_for=by.on_behalf_of, placed_at=clock.now(),
        )  # fmt: skip
        _tell(by, current, hold, "hold_placed")
        _keep_on(by, current, f"{by.on_behalf_of} placed a hold.")
    return hold


def lift_hold(*, by: Acting, hold: Hold, because: str) -> None:
    """Takes one's own hold off; what is due of the MoU is due again. Raises NotYours for that of
    another party."""
    with _locked_to_lift(by, hold.agreement) as current:
        if not is_hold_of(by, current, hold):
            raise NotYours("Only the party that placed this hold takes it off.")
        held = lock(hold)
        if not held.stands:
            raise Refused("This hold is off already.")
        held.lifted_by, held.lifted_at, held.lifted_because = by.who, clock.now(), because
        held.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
        _tell(by, current, held, "hold_lifted")


def is_hold_of(by: Acting, agreement: Agreement, hold: Hold) -> bool:
    """Whether their organisation placed it, or took the place of the one that did (record 0067)."""
    return stands_for(agreement, by.organisation_id, hold.placed_for_id)


def keep_longer(*, by: Acting, agreement: Agreement, until: date, because: str) -> KeptLonger:
    """Keeps it until a later day, which harms no party. Raises Refused for a day that is not later
    than it is kept already, or later than is lawful without an approval."""
    with _locked(by, agreement) as current:
        now = until_of(current)
        if now is None or current.last_day is None:
            raise Refused("This MoU has not ended, so it is kept anyway.")
        _check_until(until, now, longest_until(current.last_day))
        decided = KeptLonger.objects.create(
            agreement=current, until=until, because=because, decided_by=by.who,
            decided_for=by.on_behalf_of, decided_at=clock.now(),
        )  # fmt: skip
        facts = {"on": until.isoformat(), "because": because, "party": by.on_behalf_of.name}
        happening = record(by=by, agreement=current, about=decided, verb="kept_longer", **facts)
        set_retention_due(current)
        tell_managers(of=happening, kind="retention_told", by=by, others_only=True)
        _keep_on(by, current, f"{by.on_behalf_of} keeps it until {day(until)}.")
    return decided


def _keep_on(by: Acting, agreement: Agreement, because: str) -> None:
    for room in rooms():
        room.kept_on(agreement, by, because)


def _check_until(until: date, now: date, longest: date) -> None:
    if until <= max(now, clock.today()):
        raise Refused(f"It is kept until {day(now)} already. Choose a later day.", field="until")
    if until > longest:
        raise Refused(
            f"Public records are kept for twenty years without an approval. Choose {day(longest)} "
            "or a day before it.",
            field="until",
        )


@contextmanager
def _locked(by: Acting, agreement: Agreement) -> Iterator[Agreement]:
    """The agreement as it is now, for a manager of a party that is there."""
    side_of(agreement, by)
    with _locked_to_lift(by, agreement) as current:
        yield current


@contextmanager
def _locked_to_lift(by: Acting, agreement: Agreement) -> Iterator[Agreement]:
    """Also for a party that has left: its hold stands until it takes it off."""
    require_role(by, MANAGERS)
    with one_job(), set_together():
        yield lock(agreement)


def _tell(by: Acting, agreement: Agreement, hold: Hold, verb: str) -> None:
    """Its kind alone: why stands with its own party."""
    what = in_sentence(hold.get_kind_display())
    happening = record(
        by=by, agreement=agreement, about=hold, verb=verb, what=what, party=hold.placed_for.name
    )
    set_retention_due(agreement)
    tell_managers(of=happening, kind="retention_told", by=by, others_only=True)
