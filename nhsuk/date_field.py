"""A date in three boxes, and the sentence for whatever may be wrong with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nhsuk.dates import MONTHS, day
from nhsuk.widgets import BOXES, DateInput, TypedDate
from nhsuk.words import ask, capital

EARLIEST = date(1990, 1, 1)
LATEST = date(2099, 12, 31)


class DateField(forms.Field):
    """A calendar day from `earliest` to `latest`; the month may be typed as a word.

    An error carries the boxes it is about in `params["boxes"]`, so that the page marks them
    and the summary leads to the first.
    """

    widget = DateInput

    def __init__(self, *, earliest: date = EARLIEST, latest: date = LATEST, **options: Any) -> None:
        super().__init__(**options)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = TypedDate(*value)
        if not any(typed):
            return None
        self._refuse_empty_boxes(typed)
        return self._within_range(self._existing_day(typed))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _refuse_empty_boxes(self, typed: TypedDate) -> None:
        missing = [box for box, text in zip(BOXES, typed, strict=True) if not text]
        if missing:
            subject = ask("Enter", str(self.label or "date")).removeprefix("Enter ")
            raise _wrong(f"{_capital(subject)} needs a {' and a '.join(missing)}", *missing)

    def _existing_day(self, typed: TypedDate) -> date:
        number = _whole_number(typed.day, "day")
        month = _month(typed.month)
        year = _whole_number(typed.year, "year")
        if len(typed.year) != 4:
            raise _wrong("Enter the year with 4 digits, for example 2014", "year")
        if not 1 <= month <= 12:
            raise _wrong("Enter a month between 1 and 12", "month")
        try:
            return date(year, month, number)
        except ValueError:
            written = f"{number} {MONTHS[month - 1]} {year}"
            raise _wrong(f"This date does not exist: {written}", *BOXES) from None

    def _within_range(self, value: date) -> date:
        if not self.earliest <= value <= self.latest:
            limits = f"{day(self.earliest)} and {day(self.latest)}"
            raise _wrong(f"Enter a date between {limits}", *BOXES)
        return value


def _wrong(sentence: str, *boxes: str) -> ValidationError:
    return ValidationError(sentence, code="date", params={"boxes": boxes})


def _whole_number(text: str, box: str) -> int:
    # Only the digits that a date is written with: int() would read "²" and "٣" or refuse late.
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise _wrong(f"Enter the {box} as a number", box)
    return int(text)


def _month(text: str) -> int:
    """The month's number from "9", "September" or "sep"."""
    if len(text) >= 3 and text.isalpha():
        for number, name in enumerate(MONTHS, start=1):
            if name.lower().startswith(text.lower()):
                return number
    return _whole_number(text, "month")


def _capital(phrase: str) -> str:
    return capital(phrase)
