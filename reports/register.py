"""What an assurance report says, as it is stored and read again for ever (X15)."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Final

from nhsuk.words import capital, plural
from reports.content import FORMAT, Stored

# What a register marks, and how it says so: of one agreement, and as a heading of figures.
MARKS: Final = {
    "unsigned": ("Not signed yet", "Not signed yet"),
    "past_review": ("Past its review", "Past their date of review"),
    "past_end": ("Past its end", "Past their end"),
}


class Row(Stored):
    """One MoU: how it stands, what is wrong, what happened since the day that was chosen."""

    reference: str
    title: str
    with_whom: str
    state: str
    starts_on: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    marks: tuple[str, ...] = ()
    # What is missed, by name; how many contact roles nobody holds, on all sides together.
    missed: tuple[str, ...] = ()
    vacant: int = 0
    news: tuple[str, ...] = ()
    # The text says that reporting is never performance management: nothing missed is counted.
    is_never_performance: bool = False

    @property
    def is_marked(self) -> bool:
        return bool(self.marks or self.missed or self.vacant)

    @property
    def wrong(self) -> list[str]:
        """All that is wrong, in short sentences without a full stop."""
        found = [MARKS[mark][0] for mark in self.marks if mark in MARKS]
        if self.missed:
            found.append(f"{plural(len(self.missed), 'duty', 'duties')} missed")
        if self.vacant:
            found.append(f"{plural(self.vacant, 'contact role')} vacant")
        return found

    @property
    def missed_words(self) -> str:
        return capital("; ".join(self.missed))


class RegisterContent(Stored):
    """The register on a day. `compared_with` is the day of the report before, if there is one."""

    format: int = FORMAT
    organisation: str
    on: date
    since: date | None = None
    compared_with: date | None = None
    rows: tuple[Row, ...] = ()
    # What stood in the report before and does not any more: reference, title and how it stands.
    gone: tuple[Row, ...] = ()

    @cached_property
    def marked(self) -> list[Row]:
        """Those with something wrong, the most of it first."""
        wrong = [row for row in self.rows if row.is_marked]
        return sorted(wrong, key=lambda row: (-len(row.marks), -len(row.missed), -row.vacant))

    @cached_property
    def changed(self) -> list[Row]:
        return [row for row in (*self.rows, *self.gone) if row.news]

    @property
    def totals(self) -> dict[str, int]:
        """Heading -> how many, in the order in which it is read."""
        rows = self.rows
        found = {"MoUs held": len(rows)}
        for mark, (_, heading) in MARKS.items():
            found[heading] = sum(mark in row.marks for row in rows)
        found["MoUs with duties missed"] = sum(bool(row.missed) for row in rows)
        found["Duties missed"] = sum(len(row.missed) for row in rows)
        found["Contact roles vacant"] = sum(row.vacant for row in rows)
        return found
