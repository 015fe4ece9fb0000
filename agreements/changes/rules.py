"""When a notice lets an MoU end, whose word a change needs, and how an MoU stands on a day.

Days are London's; a last day belongs to the time in which the MoU runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final, Literal

from agreements.models import Agreement, Change
from agreements.terms import Terms
from agreements.terms.promised import counted
from house.clock import months_after
from nhsuk.dates import day
from nhsuk.words import capital

Kind, State = Change.Kind, Agreement.State
# Whose word makes a change hold: of every other party, of one on another side, of nobody else, or
# of all under the text that it leads to.
Needs = Literal["all", "one", "none", "signatures"]
NEEDS: Final[dict[str, Needs]] = {
    Kind.VARIATION: "signatures",
    Kind.CORRECTION: "signatures",
    Kind.EXTENSION: "all",
    Kind.TAKING_BACK: "all",
    Kind.ENDING: "all",
    # Where the text provides no notice; by its notice clause it runs by itself.
    Kind.WITHDRAWAL: "all",
    Kind.NOT_EXTENDING: "none",
    Kind.EVENT: "one",
    Kind.END: "one",
    Kind.STILL_WORKING: "none",
    Kind.DISPOSAL: "all",
}
# Nobody is asked later than this whether they are still working to it.
MOST_ASKED_AGAIN: Final = 12
# Nothing brings back what was disposed of: for a week each party can still place a hold.
DISPOSAL_WAITS: Final = timedelta(days=7)


def earliest_end(given_on: date, notice_months: int) -> date:
    """The earliest end of a notice given on this day: so many months later (B08, E10)."""
    return months_after(given_on, notice_months)


def notice_working(given_on: date, notice_months: int) -> str:
    """ "Six months after 30 September 2015 is 30 March 2016."."""
    ends = earliest_end(given_on, notice_months)
    return f"{_capital(notice_months)} after {day(given_on)} is {day(ends)}."


def last_notice_on(end_on: date, notice_months: int) -> date:
    """By when notice for this end is given: so many months before it.

    Six months before 31 March 2016 is 30 September 2015.
    """
    return months_after(end_on, -notice_months)


def last_notice_working(end_on: date, notice_months: int) -> str:
    """ "Six months before 31 March 2016 is 30 September 2015."."""
    on = last_notice_on(end_on, notice_months)
    return f"{_capital(notice_months)} before {day(end_on)} is {day(on)}."


def shortest_until(runs_from: date | None, terms: Terms) -> date | None:
    """Until when it is in force at least; None where the text says nothing (A25)."""
    months = terms.minimum_months
    return months_after(runs_from, months) if months and runs_from else None


def needs(change: Change) -> Needs:
    """Whose word it needs before it holds."""
    if change.kind == Kind.WITHDRAWAL and change.earliest:
        return "none"
    return NEEDS[change.kind]


def bars(alive: Change, kind: str, *, own: bool) -> bool:
    """Whether one that holds or waits, the party's own or not, bars another of this kind. Notices
    are each party's own; of everything else one at a time waits; a variation and a correction share
    one draft."""
    if kind in Change.OF_TEXT:
        return alive.is_of_text
    return alive.kind == kind and (own or not alive.is_notice)


def goes_on_without(leaver: str, slots: Collection[tuple[str, str]]) -> bool:
    """Whether the others still have an MoU when one party leaves it (B08).

    `slots` is who holds each party, and its side. Two sides are needed; of parties that all share
    one side, two parties.
    """
    left = [slot for holder, slot in slots if holder != leaver]
    one_side = len({slot for _, slot in slots}) == 1
    return len(left) >= 2 and (one_side or len(set(left)) >= 2)


def disposed_of_on(agreed_on: date) -> date:
    """The day on which a disposal is carried out, by when the last party accepted it."""
    return agreed_on + DISPOSAL_WAITS


def state_on(today: date, last_day: date | None, *, notice_runs: bool) -> str:
    """How an MoU that has not ended stands: nothing ends by itself when its last day has passed."""
    if last_day and last_day < today:
        return State.PAST_ITS_END
    return State.NOTICE_GIVEN if notice_runs else State.IN_FORCE


def noticed_end(alive: Iterable[Change]) -> date | None:
    """The sooner last day that notices which run, and an end that all agreed to, give. Who does not
    extend it gives none: the end stays the text's, also when a registration is put right."""
    holding = (
        change
        for change in alive
        if change.state != Change.State.OPEN and change.kind != Kind.NOT_EXTENDING
    )
    return min((change.on for change in holding if change.on and not change.leaves), default=None)


def _capital(months: int) -> str:
    return capital(counted(months, "month"))
