"""Opening a change of an agreement in force: one function for each thing that a party does.

Each locks the agreement, looks whether it can be, writes it down, asks or tells the others. What
needs nobody's word holds at once; what needs all of them holds when the last has accepted.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from agreements.changes import rules
from agreements.changes.due import ask_others
from agreements.changes.queries import Said, alive_in
from agreements.changes.rules import Kind
from agreements.changes.services.effect import begin_notice, hold, lock_to_change, tell_others
from agreements.core.parties import require_role, side_of
from agreements.core.sides import stands_for
from agreements.models import Agreement, Change
from deadlines.services.setting import set_together
from house import clock
from house.clock import months_after
from house.once import one_job
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import MANAGERS


def propose_extension(*, by: Acting, agreement: Agreement, on: date | None, because: str) -> Change:
    """Asks all other parties to accept a later end, or with `on` None that there is none (B07).

    It holds when all have accepted. Raises Refused for a day that is not later than the end.
    """
    with one_job(), set_together():
        current = lock_for(by, agreement)
        if current.end_on is None:
            raise Refused("This MoU has no end, so there is nothing to extend.", field="on")
        if on and on <= current.end_on:
            raise Refused(f"Enter a day after {day(current.end_on)}, its end now.", field="on")
        if on and on < clock.today():
            raise Refused("Enter a day that is not past.", field="on")
        return begin_change(by, current, Kind.EXTENSION, on=on, because=because)


def propose_end(*, by: Acting, agreement: Agreement, on: date, because: str) -> Change:
    """Asks all other parties to agree that the MoU ends on this day, its last (A25)."""
    with one_job(), set_together():
        current = lock_for(by, agreement)
        _check_after_start(on, current)
        return begin_change(by, current, Kind.ENDING, on=on, because=because)


def record_event(*, by: Acting, agreement: Agreement, on: date, because: str) -> Change:
    """Records that what ends the MoU happened on this day (E08); another side says whether so.

    `because` says what happened. A party that ceased to exist is such an event under any text.
    """
    with one_job(), set_together():
        current = lock_for(by, agreement)
        _check_after_start(on, current)
        if on > clock.today():
            raise Refused("Enter the day on which it happened: it is not over yet.", field="on")
        return begin_change(by, current, Kind.EVENT, on=on, because=because)


def record_end(*, by: Acting, agreement: Agreement, because: str = "") -> Change:
    """Records that the MoU ended on its last day, which has passed (B06); another side says
    whether so."""
    with one_job(), set_together():
        current = lock_for(by, agreement)
        return begin_change(by, current, Kind.END, on=_passed_end(current), because=because)


def go_on_working(*, by: Acting, agreement: Agreement, on: date, because: str = "") -> Change:
    """Records that the parties still work to an MoU whose end has passed (B06), and when to ask
    again: within a year. It is neither extended nor ended by that."""
    with one_job(), set_together():
        current = lock_for(by, agreement)
        _passed_end(current)
        latest = months_after(clock.today(), rules.MOST_ASKED_AGAIN)
        if not clock.today() < on <= latest:
            raise Refused(f"Enter a day between tomorrow and {day(latest)}.", field="on")
        return begin_change(by, current, Kind.STILL_WORKING, on=on, because=because)


def lock_for(by: Acting, agreement: Agreement) -> Agreement:
    if not by.by_link:
        require_role(by, MANAGERS)
    side_of(agreement, by)
    return lock_to_change(agreement)


def _check_after_start(on: date, agreement: Agreement) -> None:
    if agreement.start_on and on < agreement.start_on:
        raise Refused("Enter a day after the date of sign-off.", field="on")


def _passed_end(agreement: Agreement) -> date:
    last = agreement.last_day
    if last is None or last >= clock.today():
        raise Refused("The end of this MoU has not passed.")
    return last


# What may move the end itself, whatever notice runs.
_FROM_END: Final = frozenset({Kind.EXTENSION}) | Change.OF_TEXT


def begin_change(by: Acting, agreement: Agreement, kind: str, **said: Any) -> Change:
    """Writes it down, then asks whose word it needs, or lets it hold at once: also where nobody is
    left to say one, as when the others have closed or one organisation holds all sides by now."""
    _check_none_like_it(by, agreement, kind)
    change = Change.objects.create(
        agreement=agreement,
        kind=kind,
        end_before=agreement.end_on if kind in _FROM_END else agreement.last_day,
        opened_by=by.who,
        opened_for=by.on_behalf_of,
        opened_at=clock.now(),
        **said,
    )
    change.agreement = agreement
    tell_others(by, change, "change_opened", because=change.because)
    needs = rules.needs(change)
    if needs == "signatures":
        return change
    if needs == "none" or not Said(change).awaited(agreement):
        if change.is_notice:
            begin_notice(change)
        else:
            hold(by, change)
    else:
        ask_others(change)
    return change


def _check_none_like_it(by: Acting, agreement: Agreement, kind: str) -> None:
    for other in alive_in(agreement):
        own = stands_for(agreement, by.organisation_id, other.opened_for_id)
        if rules.bars(other, kind, own=own):
            whose = "your" if own else "another"
            raise Refused(
                f"There is {whose} {other.get_kind_display().lower()} already: "
                f"{other.standing.lower()}."
            )
