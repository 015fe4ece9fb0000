"""By when something is to be done about a request: which clocks run, from its steps alone.

A clock counts working days of a calendar from a day on, or has a day that somebody promised.

Of a request under the Freedom of Information Act 2000 the law says: an answer within twenty working
days after receipt (section 10(1)); a bank holiday anywhere in the United Kingdom is no working day
(10(6)); what has to be clarified (1(3)) is received when the clarification comes (10(6)); the days
from a fees notice (9(1)) to the fee are not counted (10(2)); the public interest may take longer,
but that has to be told within the twenty days (10(3), 17(1) and 17(2)).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, Protocol

from agreements.terms import Standard
from deadlines.holidays import RECEIVED, Calendar, Within
from deadlines.rules.working_days import Pauses, on_weekday

Name = Literal["acknowledge", "answer", "promise", "view", "decide"]
# The days of the law, Freedom of Information Act 2000, section 10(1).
BY_LAW: Final = 20
# What the terms or the law count; a promise and a view wanted are dates that somebody gave.
COUNTED: Final[tuple[Name, ...]] = ("acknowledge", "answer", "decide")
CALENDARS: Final = {
    "england_and_wales": Calendar.ENGLAND_AND_WALES,
    "united_kingdom": Calendar.FREEDOM_OF_INFORMATION,
}
# Which clocks a step stops.
MEETS: Final[dict[str, tuple[Name, ...]]] = {
    "acknowledged": ("acknowledge",),
    "updated": ("acknowledge", "answer", "promise"),
    "answered": ("acknowledge", "answer", "promise"),
    "view": ("view",),
    "decided": ("decide",),
}
CLOSING: Final = ("answered", "excluded", "withdrawn", "in_error", "decided")
# With these it is seen whether a date had run out before.
ENDING: Final = (*CLOSING, "extended")


class StepOf(Protocol):
    """What the clocks read of a step."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True)
class Clock:
    """One date that is due: counted, or as it was promised."""

    name: Name
    within: Within | None = None
    promised: date | None = None

    @property
    def due_on(self) -> date:
        found = self.within.due_on if self.within else self.promised
        assert found  # noqa: S101 - it has one or the other
        return found

    @property
    def working(self) -> str:
        if self.within:
            return self.within.working
        said = {"view": "The view was asked for by", "decide": "Extended to"}
        return f"{said.get(self.name, 'Promised for')} {on_weekday(self.due_on)}."


@dataclass(frozen=True)
class Told:
    """Where the steps have brought it."""

    began_on: date
    began: str = RECEIVED
    pauses: Pauses = ()
    paused_on: date | None = None
    acknowledged_on: date | None = None
    # Whether there was news since it began.
    has_news: bool = False
    promised_on: date | None = None
    view_by: date | None = None
    viewed_on: date | None = None
    extended_to: date | None = None
    closed_on: date | None = None


def told(received_on: date, steps: Iterable[StepOf]) -> Told:
    """`steps` in the order in which they were recorded."""
    found = Told(received_on)
    for step in steps:
        found = replace(found, **_changes(found, step))
    return found


def _changes(was: Told, step: StepOf) -> dict[str, Any]:
    """What a step changes of where it stood."""
    on, until = step.on, step.until
    acknowledged = was.acknowledged_on or on
    changes: dict[str, dict[str, Any]] = {
        "acknowledged": {"acknowledged_on": acknowledged, "promised_on": until or was.promised_on},
        "updated": {"acknowledged_on": acknowledged, "promised_on": until, "has_news": True},
        "answered": {"acknowledged_on": acknowledged},
        "paused": {"paused_on": on},
        "unclear": {"paused_on": on},
        "resumed": {"paused_on": None, "pauses": (*was.pauses, (was.paused_on or on, on))},
        "clarified": {"paused_on": None, "pauses": (), "began_on": on, "began": "Clarified"},
        "reopened": {
            "closed_on": None, "paused_on": None, "pauses": (), "began_on": on,
            "began": "Opened again", "has_news": False, "promised_on": None,
        },
        "consulted": {"view_by": until},
        "view": {"viewed_on": on},
        "extended": {"extended_to": until},
    }  # fmt: skip
    ended = {"closed_on": on, "paused_on": None} if step.kind in CLOSING else {}
    return changes.get(step.kind, {}) | ended


def paused_by(steps: Sequence[StepOf]) -> str:
    """The kind of the step by which the time stands still; empty where it runs."""
    stopping = ("paused", "unclear", "resumed", "clarified", "reopened")
    newest = next((step.kind for step in reversed(steps) if step.kind in stopping), "")
    return newest if newest in ("paused", "unclear") else ""


def running(standard: Standard | None, now: Told, *, by_law: bool = False) -> list[Clock]:
    """The clocks that run: none of what is closed; while the time stands still the view alone."""
    if now.closed_on:
        return []
    view = [Clock("view", promised=now.view_by)] if now.view_by and not now.viewed_on else []
    if now.paused_on:
        return view
    return [*view, *(_of_the_law(now) if by_law else _of_terms(standard, now))]


def _of_the_law(now: Told) -> list[Clock]:
    if now.extended_to:
        return [Clock("decide", promised=now.extended_to)]
    calendar = Calendar.FREEDOM_OF_INFORMATION
    return [Clock("decide", Within(BY_LAW, now.began_on, calendar, now.pauses, now.began))]


def _of_terms(standard: Standard | None, now: Told) -> list[Clock]:
    found = []
    days = standard.acknowledge_days if standard else None
    if standard and days and not now.acknowledged_on:
        found.append(Clock("acknowledge", _within(standard, days, now)))
    if standard and standard.answer_days and not now.has_news:
        found.append(Clock("answer", _within(standard, standard.answer_days, now)))
    elif now.promised_on:
        found.append(Clock("promise", promised=now.promised_on))
    return found


def _within(standard: Standard, days: int, now: Told) -> Within:
    return Within(days, now.began_on, CALENDARS[standard.calendar], now.pauses, now.began)


def latest_news(standard: Standard | None, on: date) -> date | None:
    """The last day on which the next news may be promised, after news on a day; None where the
    standard does not say."""
    if standard is None or standard.update_days is None:
        return None
    return Within(standard.update_days, on, CALENDARS[standard.calendar]).due_on


def as_if_running(now: Told, on: date) -> Told:
    """The same with a pause that goes on ended on a day: whoever answers meanwhile is in time."""
    if now.paused_on is None:
        return now
    return replace(now, paused_on=None, pauses=(*now.pauses, (now.paused_on, on)))
