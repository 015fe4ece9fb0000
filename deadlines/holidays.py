"""The holidays of each calendar: as published to begin with, then as administrators keep them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import holidays as published

from deadlines.models import Holiday
from deadlines.rules.working_days import Pauses, working_days_after, working_of
from house.once import each_once
from nhsuk.dates import WEEKDAYS

Calendar = Holiday.Calendar
RECEIVED = "Received"
# A bank holiday in any part of the United Kingdom counts for the Freedom of Information Act 2000,
# section 10(6).
PARTS = {
    Calendar.ENGLAND_AND_WALES: ("ENG",),
    Calendar.FREEDOM_OF_INFORMATION: ("ENG", "SCT", "NIR", "WLS"),
}


@dataclass(frozen=True)
class Within:
    """By when something is to be done: so many working days after it was received.

    `pauses` are the days on which the clock stood still; `began` is what its first day was, where
    nothing was received on it.
    """

    working_days: int
    received_on: date
    calendar: str = Calendar.ENGLAND_AND_WALES
    pauses: Pauses = ()
    began: str = RECEIVED

    @property
    def due_on(self) -> date:
        days = holidays_of(self.calendar)
        return working_days_after(self.received_on, self.working_days, days, self.pauses)

    @property
    def working(self) -> str:
        days = holidays_of(self.calendar)
        return working_of(self.received_on, self.working_days, days, self.pauses, self.began)

    @property
    def as_stored(self) -> dict[str, Any]:
        """With this it is counted anew when a holiday is added. What is usual is left out."""
        found: dict[str, Any] = {
            "working_days": self.working_days,
            "received_on": self.received_on.isoformat(),
            "calendar": str(self.calendar),
        }
        if self.pauses:
            found["pauses"] = [[day.isoformat() for day in each] for each in self.pauses]
        return found if self.began == RECEIVED else found | {"began": self.began}

    @classmethod
    def stored(cls, counting: dict[str, Any]) -> Within:
        pauses = tuple(
            (date.fromisoformat(first), date.fromisoformat(last))
            for first, last in counting.get("pauses", ())
        )
        received_on = date.fromisoformat(counting["received_on"])
        return cls(**counting | {"received_on": received_on, "pauses": pauses})


def holidays_of(calendar: str) -> frozenset[date]:
    """Every holiday of one calendar (one query a page or job)."""
    return _holidays([calendar])[calendar]


@each_once(Holiday)
def _holidays(calendars: Collection[str]) -> dict[str, frozenset[date]]:
    found: dict[str, set[date]] = {calendar: set() for calendar in calendars}
    rows = Holiday.objects.filter(calendar__in=found).order_by()
    for calendar, day in rows.values_list("calendar", "day"):
        found[calendar].add(day)
    return {calendar: frozenset(days) for calendar, days in found.items()}


def bank_holidays() -> frozenset[date]:
    """Those of England and Wales, by which people count working days (one query a page or
    job)."""
    return holidays_of(Calendar.ENGLAND_AND_WALES)


def day_off(day: date) -> str:
    """Why people in England do not work on a day: "a Sunday", "a bank holiday (Good Friday)";
    empty for a working day."""
    if day.weekday() >= 5:
        return f"a {WEEKDAYS[day.weekday()]}"
    rows = Holiday.objects.filter(calendar=Calendar.ENGLAND_AND_WALES, day=day)
    name = rows.values_list("name", flat=True).first()
    return f"a bank holiday ({name})" if name else ""


def published_holidays(calendar: str, years: range) -> dict[date, str]:
    """The holidays that fall on a weekday, with their names, from the `holidays` package."""
    found: dict[date, str] = {}
    for part in PARTS[Calendar(calendar)]:
        found |= dict(published.country_holidays("GB", subdiv=part, years=years).items())
    return {day: name for day, name in sorted(found.items()) if day.weekday() < 5}
