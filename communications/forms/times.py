"""A London day and time as one instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from house.clock import LONDON, london_instant
from nhsuk import forms

SKIPPED = "The clocks go forward over this time. Enter an earlier or a later one"


class WithInstant(forms.Form):
    """A form with a day and a time, which together are the instant `at` of its cleaned data."""

    day = forms.DateField(label="Day", help_text="For example, 3 9 2014")
    time = forms.TimeField(
        label="Time",
        help_text="London time, for example 9:00 am or 14:30",
        error_messages={"required": "Enter the time"},
    )

    def clean(self) -> dict[str, Any]:
        day, time = self.cleaned_data.pop("day", None), self.cleaned_data.pop("time", None)
        if day and time is not None:
            try:
                self.cleaned_data["at"] = london_instant(day, time)
            except ValueError:
                self.add_error("time", SKIPPED)
        return self.cleaned_data


def boxes_of(instant: datetime) -> dict[str, Any]:
    """What the two fields hold at first for an instant."""
    local = instant.astimezone(LONDON)
    return {"day": local.date(), "time": local.time().replace(second=0, microsecond=0)}
