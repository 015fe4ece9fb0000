"""How days and instants are written on a page, always by London's clock."""

from __future__ import annotations

from datetime import date, datetime

from house.clock import LONDON, london_day

# Written out, because strftime would follow the server's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date | datetime | None) -> str:
    """A calendar day, "3 September 2013"; of an instant, the London day. Empty for None."""
    if value is None:
        return ""
    written = _calendar_day(value)
    return f"{written.day} {MONTHS[written.month - 1]} {written.year}"


def day_short(value: date | datetime | None) -> str:
    """A calendar day for narrow columns, "3 Sep 2013". Empty for None."""
    if value is None:
        return ""
    written = _calendar_day(value)
    return f"{written.day} {MONTHS[written.month - 1][:3]} {written.year}"


def clock_time(value: datetime | None) -> str:
    """The London time of an aware instant, "9:00 am BST". Empty for None."""
    if value is None:
        return ""
    local = _aware(value).astimezone(LONDON)
    half = "am" if local.hour < 12 else "pm"
    return f"{local.hour % 12 or 12}:{local.minute:02d} {half} {local.tzname()}"


def moment(value: datetime | None) -> str:
    """An aware instant, "9:00 am BST on 3 September 2013". Empty for None."""
    return f"{clock_time(value)} on {day(value)}" if value is not None else ""


def iso(value: date | datetime | None) -> str:
    """What a `datetime` attribute holds: a date, or an instant with London's offset."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _aware(value).astimezone(LONDON).isoformat(timespec="seconds")
    return value.isoformat()


def _calendar_day(value: date | datetime) -> date:
    return london_day(_aware(value)) if isinstance(value, datetime) else value


def _aware(value: datetime) -> datetime:
    # A naive instant would be read in the server's zone: an hour wrong for half of the year.
    if value.tzinfo is None:
        raise ValueError("A time on a page needs a time zone.")
    return value
