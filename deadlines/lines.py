"""A deadline's line on Home, stored when it is set, the same for every reader (record 0020).

It holds the act, the page and the button. What differs between readers, or changes without the
deadline being set again, is read for all lines at once: the agreement's title, whom it is with,
who holds the deadline, and whether it is late by now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from deadlines.models import Deadline
from house import clock


@dataclass(frozen=True)
class Line:
    """What is to be done, and where.

    `act` begins with a verb and ends before what `naming` says: "the MoU with Eastmoor CCG",
    "with Eastmoor CCG", or nothing. `page` is an address, or what follows that of the agreement:
    "review/". Who has none of the roles in `may` is led to the agreement instead; empty means
    everybody. The person `not_for` waits for others. `about` stands in the place of the
    agreement's title; after it comes what the organisation `recorded_for` (its id) is called today.
    `late` takes over once the time has passed; with `by_day` the day counts, whatever the hour.
    """

    act: str
    page: str
    button: str
    naming: Literal["mou", "party", "nobody"] = "mou"
    may: tuple[str, ...] = ()
    not_for: int = 0
    about: str = ""
    recorded_for: int = 0
    by_day: bool = False
    late: Line | None = None

    @property
    def as_stored(self) -> dict[str, Any]:
        """As JSON, without what has its default."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        differ = {each.name for each in fields(self) if found[each.name] != each.default}
        found |= {"may": list(self.may), "late": self.late and self.late.as_stored}
        return {name: value for name, value in found.items() if name in differ}

    @classmethod
    def stored(cls, kept: Mapping[str, Any]) -> Line:
        """The line that is kept so. What it holds and the code does not know is ignored."""
        known = {each.name: kept[each.name] for each in fields(cls) if each.name in kept}
        later = kept.get("late")
        read = {"may": tuple(kept.get("may", ())), "late": cls.stored(later) if later else None}
        return cls(**known | read)

    def is_late(self, deadline: Deadline) -> bool:
        """Whether its instant has passed; its London day, where it has none or days count."""
        if deadline.due_at and not self.by_day:
            return deadline.due_at <= clock.now()
        return deadline.due_on is not None and deadline.due_on < clock.today()

    def way(self, home: str, roles: Collection[str]) -> tuple[str, str]:
        """The page and the button for who holds these roles; `home` is the agreement's page."""
        if self.may and not set(self.may).intersection(roles):
            return home, "Open"
        return self.page if self.page.startswith("/") else home + self.page, self.button

    def at(self, deadline: Deadline) -> Line:
        """The line as it reads now."""
        return self.late if self.late and self.is_late(deadline) else self


# For each of some deadlines, in their order, its line; None for one that has none.
Lines = Callable[[Sequence[Deadline]], Iterable[Line | None]]


def always(line: Line | None) -> Lines:
    """Of a kind whose deadlines all have the same line, or none."""
    return lambda deadlines: [line] * len(deadlines)
