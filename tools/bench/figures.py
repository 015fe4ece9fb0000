"""A figure with its limit and its goal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured: `value` in `unit`, of `what`, for the row `row` of the goals.

    `limit` is what the same takes without the portal, and `beside` says what that was. The goal is
    a number (`goal`), or the limit times a factor (`times`); where `more` is set, more is better.
    `over_growth` is the most by which it may grow from the smallest database to the largest.
    """

    row: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    limit: float | None = None
    beside: str = ""
    times: float | None = None
    more: bool = False
    over_growth: float | None = None

    @property
    def bound(self) -> float | None:
        """What the value is held against: the number, or the limit times its factor."""
        bounds = [] if self.goal is None else [self.goal]
        if self.limit is not None and self.times is not None:
            bounds.append(self.limit * self.times)
        if not bounds:
            return None
        return max(bounds) if self.more else min(bounds)

    @property
    def reached(self) -> bool | None:
        """None where there is no goal."""
        if self.bound is None:
            return None
        return self.value >= self.bound if self.more else self.value <= self.bound

    def __str__(self) -> str:
        limit = "" if self.limit is None else f" ({in_short(self.limit)} {self.beside})"
        return f"{self.row}  {self.what}: {in_short(self.value)} {self.unit}{limit}"

    def as_data(self) -> dict[str, Any]:
        return asdict(self) | {"reached": self.reached}


def figure_from(data: dict[str, Any]) -> Figure:
    return Figure(**{name: value for name, value in data.items() if name != "reached"})


def in_short(number: float) -> str:
    """As many digits as say something."""
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:,.1f}"
