"""The days and months that a line of a paper names, as far as it says them in figures or names."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from nhsuk.dates import MONTHS, day

_MONTH: Final = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_NAMED: Final = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|Sept"
# "3rd September 2013", "September 2013", "03/09/2013", "3.9.13", "2013-09-03".
_SAID: Final = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_NAMED})\.?,?\s+(?P<year>\d{{4}})\b"
    r"|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2})\b"
    r"|\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A day, or the month from its first to its last day, with the words for it."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return day(self.first)
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def when(self) -> str:
        """ "on 3 September 2013", "in September 2013"."""
        return f"{'on' if self.first == self.last else 'in'} {self}"


def days_in(line: str) -> list[Said]:
    """In the order in which the line names them; what is no day of the calendar is left out."""
    return [said for found in _SAID.finditer(line) if (said := _read(found))]


def _read(found: re.Match[str]) -> Said | None:
    try:
        if iso := found["iso"]:
            on = date.fromisoformat(iso)
        elif found["y"]:
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            on = date(year, int(found["m"]), int(found["d"]))
        else:
            year, month = int(found["year"]), _MONTH[found["month"][:3].casefold()]
            if not found["day"]:
                return Said(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            on = date(year, month, int(found["day"]))
    except ValueError:
        return None
    return Said(on, on)
