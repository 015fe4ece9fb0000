"""Reads the days of a calendar file (RFC 5545) inside the limited child process.

`documents.calendars` is the way in. Only days are read: which, and what repeats. Nothing is
fetched, and no text of the file goes further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

LONDON: Final = ZoneInfo("Europe/London")
MOST_EVENTS: Final = 2_000
# A series without an end goes on for ever: of each so many days are read, and none after `until`.
MOST_OF_ONE: Final = 400
_DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?")
Property = tuple[str, str]


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The London days of all events up to `until`, or the reason against the file."""
    try:
        text = files[0].decode("utf-8-sig")
        if "BEGIN:VCALENDAR" not in text.upper():
            return {"reason": "kind", "days": []}, []
        until = date.fromisoformat(data["until"])
        found = {on for event in _events(text) for on in _days(event, until)}
        return {"reason": None, "days": sorted(on.isoformat() for on in found)}, []
    except (MemoryError, RecursionError):
        raise
    except Exception:  # hostile bytes: every kind of error means the same
        return {"reason": "damaged", "days": []}, []


def _events(text: str) -> Iterator[dict[str, list[Property]]]:
    """The properties of each event by name, each with its parameters and its value."""
    event: dict[str, list[Property]] | None = None
    many, inside = 0, 0
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, _, value = line.partition(":")
        key, _, parameters = name.strip().upper().partition(";")
        if (key, value.strip().upper()) == ("BEGIN", "VEVENT"):
            event, inside, many = {}, 0, many + 1
            if many > MOST_EVENTS:
                raise ValueError("too many events")
        elif event is None:
            continue
        elif key in {"BEGIN", "END"} and value.strip().upper() != "VEVENT":
            inside += 1 if key == "BEGIN" else -1  # an alarm has a time of its own
        elif key == "END":
            yield event
            event = None
        elif not inside:
            event.setdefault(key, []).append((parameters, value.strip()))


def _days(event: dict[str, list[Property]], until: date) -> Iterator[date]:
    """The day of the event, and those on which it repeats; none of one that was called off."""
    status = event.get("STATUS", [("", "")])[0][1].upper()
    if status == "CANCELLED" or "DTSTART" not in event:
        return
    start = _local(*event["DTSTART"][0])
    without = {_local(parameters, each).date() for parameters, each in _several(event, "EXDATE")}
    yield from (on for on in _repeated(event, start, until) if on not in without and on <= until)
    more = (_local(parameters, each).date() for parameters, each in _several(event, "RDATE"))
    yield from (on for on in more if on <= until)


def _several(event: dict[str, list[Property]], name: str) -> Iterator[Property]:
    for parameters, value in event.get(name, []):
        yield from ((parameters, each) for each in value.split(","))


def _repeated(event: dict[str, list[Property]], start: datetime, until: date) -> Iterator[date]:
    if "RRULE" not in event:
        yield start.date()
        return
    # What stands behind UNTIL is an instant or a day; by London's day it is the same series.
    rule = re.sub(r"UNTIL=(\d{8})[^;]*", r"UNTIL=\1T235959", event["RRULE"][0][1])
    if re.search(r"FREQ=(SECONDLY|MINUTELY|HOURLY)", rule.upper()):
        raise ValueError("no series of meetings")
    series = rrulestr(rule, dtstart=start)
    end = datetime.combine(until + timedelta(days=1), time.min)
    for instant in islice(series, MOST_OF_ONE):
        if instant >= end:
            return
        yield instant.date()


def _local(parameters: str, value: str) -> datetime:
    """London's time of it, without a zone; a day begins at midnight. A zone of a name that is not
    known is that of the file's own clock: its day is the one that is written."""
    found = _DAY.match(value)
    if not found:
        raise ValueError(value)
    year, month, on, hour, minute, second, utc = found.groups()
    at = datetime(  # noqa: DTZ001 - the zone follows
        int(year), int(month), int(on), int(hour or 0), int(minute or 0), int(second or 0)
    )
    if hour is None:
        return at
    named = re.search(r"TZID=\"?([^;:\"]+)", parameters, re.IGNORECASE)
    zone = ZoneInfo("UTC") if utc else _zone(named.group(1) if named else "")
    return at.replace(tzinfo=zone).astimezone(LONDON).replace(tzinfo=None) if zone else at


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None
