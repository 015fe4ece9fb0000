"""How each date of a request was decided, for reports: met, missed, left out, or still to come.

A date is decided once: met on the day on which it was met, and missed on its own day, whatever came
later. So quarters that follow each other add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from agreements.terms import Standard
from performance.rules.clocks import COUNTED, Clock, StepOf, as_if_running, running, told

Place = Literal["", "met", "missed", "excluded", "open"]


class StepMet(StepOf, Protocol):
    """A step with the dates that it met or missed."""

    @property
    def met(self) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Dated:
    """One date of a request: since when it ran, by when it was due, when it was met or, after its
    day, ended otherwise.

    `due_on` is None while the time stands still. What is `excluded` was left out on a day by an
    exclusion of the standard: that takes out what was not met, and what was met stays met.
    """

    clock: str
    asked_on: date
    due_on: date | None
    ended_on: date | None = None
    excluded_on: date | None = None

    @property
    def is_in_time(self) -> bool:
        return self.ended_on is not None and (self.due_on is None or self.ended_on <= self.due_on)

    def decided(self, until: date) -> tuple[Place, date | None]:
        """How it stood at the end of this day, and on which day that was decided."""
        if self.asked_on > until:
            return "", None
        if self.is_in_time and self.ended_on:
            return ("met", self.ended_on) if self.ended_on <= until else ("open", None)
        due_on, out_on = self.due_on, self.excluded_on
        is_over = due_on is not None and due_on <= until
        if out_on is not None:
            on = min(due_on or out_on, out_on)
            return ("excluded", on) if on <= until else ("open", None)
        return ("missed", due_on) if is_over else ("open", None)

    def is_late_at(self, until: date) -> bool:
        """Whether its day was over by the end of this one, and it went on."""
        has_ended = self.ended_on is not None and self.ended_on <= until
        return self.decided(until)[0] == "missed" and not has_ended


def dated(
    received_on: date, steps: Sequence[StepMet], standard: Standard | None, *, by_law: bool,
    is_excluded: bool,
) -> Iterator[Dated]:  # fmt: skip
    """Every date that the terms or the law count, from the steps in their order."""
    out = _exclusion(steps) if is_excluded else None
    out_on, asked_on = (steps[out].on if out is not None else None), received_on
    for step in steps:
        for each in step.met:
            if each["clock"] in COUNTED:
                was_due = date.fromisoformat(each["due_on"])
                yield Dated(each["clock"], asked_on, was_due, step.on, out_on)
        if step.kind == "reopened":
            asked_on = step.on
    for clock, due_on in _left(received_on, steps, standard, out, by_law=by_law):
        yield Dated(clock, asked_on, due_on, None, out_on)


def _exclusion(steps: Sequence[StepMet]) -> int | None:
    """Where the last step stands that left the request out."""
    return next((at for at in reversed(range(len(steps))) if steps[at].kind == "excluded"), None)


def _left(
    received_on: date, steps: Sequence[StepMet], standard: Standard | None, out: int | None, *,
    by_law: bool,
) -> Iterator[tuple[str, date | None]]:  # fmt: skip
    """The clocks that run, or ran until the request was left out; without a day while the time
    stands still."""
    now = told(received_on, steps[:out])
    if out is None and now.paused_on:
        clocks, dues = running(standard, as_if_running(now, now.paused_on), by_law=by_law), False
    else:
        on = steps[out].on if out is not None else received_on
        clocks, dues = running(standard, as_if_running(now, on), by_law=by_law), True
    seen = {each["clock"] for each in steps[out].met} if out is not None else set()
    for each in clocks:
        if _counts(each) and each.name not in seen:
            yield each.name, each.due_on if dues else None


def _counts(clock: Clock) -> bool:
    return clock.name in COUNTED
