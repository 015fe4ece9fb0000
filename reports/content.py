"""What a report says in figures, as it is stored and read again for ever.

Reading ignores what it does not know: an older portal reads what a newer one has written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict

from reports.rules import Quarter, percent

FORMAT: Final = 1


class Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Counts(Stored):
    """How often something was met, missed, left out by the text, and is open."""

    met: int = 0
    missed: int = 0
    excluded: int = 0
    open: int = 0

    @property
    def decided(self) -> int:
        return self.met + self.missed

    @property
    def share(self) -> int | None:
        """Per cent that were met, without what the text leaves out or allows."""
        return percent(self.met, self.decided)

    @property
    def share_of_all(self) -> int | None:
        """The same with nothing left out: what the text allows counts as missed."""
        return percent(self.met, self.decided + self.excluded)

    @property
    def is_nothing(self) -> bool:
        return not (self.met or self.missed or self.excluded or self.open)


class Line(Counts):
    """One standard, as one party or all met it; `said` is what else there is to say."""

    key: str
    label: str
    who: str
    url: str = ""
    said: str = ""


class OfAgreement(Counts):
    """One agreement among several: all its standards together."""

    reference: str
    title: str
    with_whom: str = ""


class Stretch(Counts):
    """A quarter of a trend. `is_kept`: the figures are those of the report that was made of it."""

    first: date
    is_kept: bool = False
    lines: tuple[Line, ...] = ()

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.first)


class Content(Stored):
    """The figures of a report. `each` has the agreements where it is about several; `not_counted`
    those of which the text says that reporting is never performance management."""

    format: int = FORMAT
    agreements: int = 1
    lines: tuple[Line, ...] = ()
    each: tuple[OfAgreement, ...] = ()
    trend: tuple[Stretch, ...] = ()
    not_counted: tuple[OfAgreement, ...] = ()

    @property
    def total(self) -> Counts:
        return added(self.lines)


def added(counts: Iterable[Counts]) -> Counts:
    """All of these together."""
    found = list(counts)
    return Counts(
        met=sum(each.met for each in found),
        missed=sum(each.missed for each in found),
        excluded=sum(each.excluded for each in found),
        open=sum(each.open for each in found),
    )
