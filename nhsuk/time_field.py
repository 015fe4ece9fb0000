"""A time of day in one box, as people write it: 9:00 am, 9am, 9.30, 14:30, noon."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from house.text import tidy_line

_WRITTEN = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?", re.ASCII
)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
HOW = "like 9:00 am or 14:30"


class TimeField(forms.Field):
    """A time of day, London's. A bare number of hours needs "am" or "pm"."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["size"] = 10

    def to_python(self, value: Any) -> time | None:
        if value is None or isinstance(value, time):
            return value
        typed = tidy_line(str(value)).lower()
        return _read(typed) if typed else None

    def prepare_value(self, value: Any) -> Any:
        """What the box shows: the time as pages write it, or what was typed."""
        return written(value) if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def written(at: time) -> str:
    """ "9:00 am", as on every page, but without the zone."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"


def _read(typed: str) -> time:
    if typed in _WORDS:
        return _WORDS[typed]
    found = _WRITTEN.fullmatch(typed)
    if found is None or not (found["minute"] or found["half"]):
        raise ValidationError(f"Enter the time {HOW}", code="time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValidationError(f"Enter the time {HOW}", code="time")
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > 23 or minute > 59:
        raise ValidationError("Enter a time between 0:00 and 23:59", code="time")
    return time(hour, minute)
