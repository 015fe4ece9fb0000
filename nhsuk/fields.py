"""Form fields whose text is tidied and whose errors say what to do."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from house.text import tidy_address, tidy_line, tidy_text
from nhsuk.widgets import Checkboxes, Radios

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?", re.ASCII
)
_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
HOW_A_TIME = "like 9:00 am or 14:30"


class LineField(forms.CharField):
    """One line of text, tidied. `size` is the width in characters that the box suggests."""

    def __init__(
        self, *, max_length: int = 200, size: int = 0, autocomplete: str = "", **options: Any
    ) -> None:
        super().__init__(max_length=max_length, **options)
        _put(self, size=size, autocomplete=autocomplete)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(tidy_line(str(value)) if value is not None else value))


class TextField(forms.CharField):
    """Several lines of text, tidied. `rows` is the height of the box."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 20_000, rows: int = 5, **options: Any) -> None:
        super().__init__(max_length=max_length, strip=False, **options)
        _put(self, rows=rows)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(tidy_text(str(value)) if value is not None else value))


class EmailField(forms.EmailField):
    """An e-mail address, tidied. `autocomplete="email"` only where it is the person's own."""

    def __init__(self, *, max_length: int = 254, autocomplete: str = "off", **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        _put(self, autocomplete=autocomplete)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(tidy_address(str(value)) if value is not None else value))


class PasswordField(forms.CharField):
    """A password, kept exactly as typed. For a new one `autocomplete="new-password"`."""

    def __init__(self, *, autocomplete: str = "current-password", **options: Any) -> None:
        options.setdefault("max_length", 128)
        super().__init__(strip=False, widget=forms.PasswordInput, **options)
        _put(self, autocomplete=autocomplete)


class WholeNumberField(forms.IntegerField):
    """A whole number; `suffix` is the unit behind the box, for example "working days"."""

    def __init__(
        self, *, min_value: int = 0, max_value: int = 1_000_000, suffix: str = "", **options: Any
    ) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **options)
        self.suffix = suffix


class RadioField(forms.ChoiceField):
    """One of few, all in view."""

    widget = Radios


class SelectField(forms.ChoiceField):
    """One of many."""


class ChecklistField(forms.MultipleChoiceField):
    """Any of few, all in view."""

    widget = Checkboxes


class CheckboxField(forms.BooleanField):
    """A statement to tick. When required, it must be ticked."""


class UploadField(forms.FileField):
    """A file. `accept` is what the browser's file chooser offers, for example ".pdf"."""

    def __init__(self, *, accept: str = "", **options: Any) -> None:
        super().__init__(**options)
        _put(self, accept=accept)


class TimeField(forms.Field):
    """A time of day, London's, as people write it: 9:00 am, 9am, 9.30, 14:30, noon.

    A bare number of hours needs "am" or "pm".
    """

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["size"] = 10

    def to_python(self, value: Any) -> time | None:
        if value is None or isinstance(value, time):
            return value
        typed = tidy_line(str(value)).lower()
        return _time(typed) if typed else None

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


def _time(typed: str) -> time:
    if typed in _TIMES:
        return _TIMES[typed]
    found = _TIME.fullmatch(typed)
    if found is None or not (found["minute"] or found["half"]):
        raise ValidationError(f"Enter the time {HOW_A_TIME}", code="time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValidationError(f"Enter the time {HOW_A_TIME}", code="time")
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > 23 or minute > 59:
        raise ValidationError("Enter a time between 0:00 and 23:59", code="time")
    return time(hour, minute)


def _put(field: forms.Field, **attributes: Any) -> None:
    """Sets the widget's attributes that have a value."""
    field.widget.attrs |= {name: value for name, value in attributes.items() if value}
