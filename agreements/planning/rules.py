"""From a day back to the last meeting before it, and to the day for its papers: pure (X11).

A body decides on its meetings' days. What is to be decided by a day needs a meeting on or before
it, outside pre-election periods, for which papers can still be handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from deadlines.rules.working_days import Holidays, is_working_day, last_working_day_before
from nhsuk.dates import day
from nhsuk.words import plural

# Of more meetings that are left out a sentence says how many they are.
MOST_SAID: Final = 3


@dataclass(frozen=True)
class Meeting:
    """A day on which a body meets; `papers_by` where somebody set one for this meeting alone."""

    on: date
    papers_by: date | None = None


@dataclass(frozen=True)
class Closed:
    """Days before an election, both within, on which a body decides nothing."""

    name: str
    first: date
    last: date

    def has(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass(frozen=True)
class Diary:
    """What is known of a body's meetings. `papers_days` None: nobody has said how long before."""

    meetings: tuple[Meeting, ...] = ()
    papers_days: int | None = None
    in_working_days: bool = True
    closed: tuple[Closed, ...] = ()

    @property
    def known_to(self) -> date | None:
        """The last meeting that somebody entered."""
        return max((meeting.on for meeting in self.meetings), default=None)

    def closed_on(self, on: date) -> Closed | None:
        return next((period for period in self.closed if period.has(on)), None)


@dataclass(frozen=True)
class Plan:
    """What follows: the last possible meeting and the day for its papers; or that there is none.

    "none_left" is certain: the dates go on to the day or beyond it. "no_dates": they end before,
    and hold no meeting that can be reached. `working` says how it follows, `left_out` which
    meetings count for nothing and why, `more_may_come` that a later meeting may be entered yet.
    """

    outcome: Literal["planned", "none_left", "no_dates"]
    target: date
    meeting: date | None = None
    papers_on: date | None = None
    working: str = ""
    left_out: tuple[str, ...] = ()
    more_may_come: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        return (self.working, *self.left_out)


def papers_day(meeting: Meeting, diary: Diary, holidays: Holidays) -> date:
    """The last day on which papers can be handed in, always one on which somebody works.

    So many working days before are counted back from the meeting; of so many plain days that end
    on a weekend or holiday the working day before counts. Where nobody has said how long, it is
    the day of the meeting.
    """
    if meeting.papers_by:
        return meeting.papers_by
    if not diary.papers_days:
        return meeting.on
    if diary.in_working_days:
        on = meeting.on
        for _ in range(diary.papers_days):
            on = last_working_day_before(on, holidays)
        return on
    on = meeting.on - timedelta(days=diary.papers_days)
    return on if is_working_day(on, holidays) else last_working_day_before(on, holidays)


def plan_back(target: date, today: date, diary: Diary, holidays: Holidays) -> Plan:
    """The last meeting on or before the target whose papers can still be handed in today."""
    before = sorted(
        (meeting for meeting in diary.meetings if today <= meeting.on <= target),
        key=lambda meeting: meeting.on, reverse=True,
    )  # fmt: skip
    known_to, left_out = diary.known_to, []
    more_may_come = known_to is None or known_to < target
    for meeting in before:
        papers_on = papers_day(meeting, diary, holidays)
        if because := _against(meeting, papers_on, today, diary):
            left_out.append(because)
            continue
        working = f"{_last(meeting.on, target)} {_papers(meeting, papers_on, diary)}"
        said = tuple(_said(left_out))
        return Plan("planned", target, meeting.on, papers_on, working, said, more_may_come)
    outcome: Literal["none_left", "no_dates"] = "no_dates" if more_may_come else "none_left"
    return Plan(
        outcome, target, working=_without(target, known_to, outcome),
        left_out=tuple(_said(left_out)), more_may_come=more_may_come,
    )  # fmt: skip


def next_change(plan: Plan) -> date | None:
    """The day from which a plan is another by itself: its papers can be handed in no more."""
    return plan.papers_on + timedelta(days=1) if plan.papers_on else None


def _against(meeting: Meeting, papers_on: date, today: date, diary: Diary) -> str:
    """Why the meeting does not count; empty where it does."""
    if period := diary.closed_on(meeting.on):
        return (
            f"The meeting of {day(meeting.on)} is left out: it is in the pre-election period "
            f"“{period.name}”, {day(period.first)} to {day(period.last)}."
        )
    if papers_on < today:
        return f"Papers for the meeting of {day(meeting.on)} were due by {day(papers_on)}."
    return ""


def _last(on: date, target: date) -> str:
    if on == target:
        return f"The last possible meeting is on that day, {day(on)}."
    return f"The last possible meeting before {day(target)} is on {day(on)}."


def _papers(meeting: Meeting, papers_on: date, diary: Diary) -> str:
    if meeting.papers_by:
        return f"Its papers go to the secretary by {day(papers_on)}, as entered for this meeting."
    if not diary.papers_days:
        return "How long before a meeting papers are due is not entered: that day itself counts."
    unit = "working day" if diary.in_working_days else "day"
    before = f"{plural(diary.papers_days, unit)} before it"
    counted = meeting.on - timedelta(days=diary.papers_days)
    if diary.in_working_days or counted == papers_on:
        return f"Its papers go to the secretary {before}, by {day(papers_on)}."
    return (
        f"Its papers go to the secretary {before}. Nobody works on {day(counted)}, so it is "
        f"{day(papers_on)}."
    )


def _without(target: date, known_to: date | None, outcome: str) -> str:
    if outcome == "none_left":
        return f"No meeting is left in time for {day(target)}."
    if known_to is None:
        return "No meetings are entered."
    return f"No meeting that can be reached is entered after today and up to {day(target)}."


def _said(left_out: list[str]) -> Iterator[str]:
    yield from left_out[:MOST_SAID]
    if len(left_out) > MOST_SAID:
        more = plural(len(left_out) - MOST_SAID, "earlier meeting")
        yield f"{more} cannot be reached either."
