"""How requests stand to their standard: counted with and without what the standard leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from nhsuk.words import and_list, plural
from performance.models import Request
from performance.rules.clocks import COUNTED

State, Outcome = Request.State, Request.Outcome


@dataclass(frozen=True)
class Figures:
    """So many requests, each in one place: in time, late, not due yet, without a day, disputed; and
    those that the standard leaves out, `excluded`, of which some were in time all the same."""

    in_time: int = 0
    late: int = 0
    running: int = 0
    undated: int = 0
    disputed: int = 0
    excluded: int = 0
    excluded_in_time: int = 0
    broken_promises: int = 0

    @property
    def counted(self) -> int:
        """Those that have met their days, or missed them."""
        return self.in_time + self.late

    @property
    def counted_with_excluded(self) -> int:
        return self.counted + self.excluded

    @property
    def in_time_with_excluded(self) -> int:
        return self.in_time + self.excluded_in_time

    @property
    def every(self) -> int:
        return self.counted + self.running + self.undated + self.disputed + self.excluded

    @property
    def sentence(self) -> str:
        """ "4 of 5 in time, 1 late. 1 more is not due yet. …"."""
        said = [self._of_counted(), self._others(), self._excluded(), self._promises()]
        return " ".join(filter(None, said))

    def _of_counted(self) -> str:
        if not self.counted:
            return ""
        late = f", {self.late} late" if self.late else ""
        return f"{self.in_time} of {self.counted} in time{late}."

    def _others(self) -> str:
        parts = [
            f"{count:,} {words}"
            for count, words in (
                (self.running, "not due yet"),
                (self.undated, "without a day by which to answer"),
                (self.disputed, "said to be not right, and not counted"),
            )
            if count
        ]
        return f"Besides: {and_list(parts)}." if parts else ""

    def _excluded(self) -> str:
        if not self.excluded:
            return ""
        is_one = "is" if self.excluded == 1 else "are"
        with_them = f"{self.in_time_with_excluded} of {self.counted_with_excluded}"
        return f"{self.excluded} {is_one} left out by the standard; with them, {with_them} in time."

    def _promises(self) -> str:
        if not self.broken_promises:
            return ""
        return f"{plural(self.broken_promises, 'answer')} came after the day promised."


class Counted(NamedTuple):
    """What counts of one request. `is_over`: it is open, and its next date has passed."""

    kind: str
    state: str
    outcome: str
    due_clock: str
    decided_with: str
    is_over: bool
    is_disputed: bool
    broke_promise: bool
    by_standard: bool
    has_extent: bool

    @property
    def is_open(self) -> bool:
        return self.state in Request.OPEN


def figures(requests: Iterable[Counted]) -> Figures:
    """Each request in one place. What runs and is overdue is late."""
    found = dict.fromkeys(
        ("in_time", "late", "running", "undated", "disputed", "excluded", "excluded_in_time",
         "broken_promises"), 0,
    )  # fmt: skip
    for each in requests:
        found[place_of(each)] += 1
        if each.state == State.EXCLUDED:
            found["excluded_in_time"] += each.outcome == Outcome.IN_TIME
        promise_is_over = each.is_over and each.due_clock == "promise"
        found["broken_promises"] += bool(each.broke_promise or promise_is_over)
    return Figures(**found)


def place_of(request: Counted) -> str:
    """Where one is counted: the name of a figure."""
    if request.state == State.EXCLUDED:
        return "disputed" if request.is_disputed else "excluded"
    if request.is_disputed and not request.is_open:
        return "disputed"
    has_run_out = request.is_over and request.due_clock in COUNTED
    if request.outcome == Outcome.LATE or has_run_out:
        return "late"
    places = {Outcome.IN_TIME: "in_time", Outcome.RUNNING: "running"}
    return places.get(Outcome(request.outcome), "undated")
