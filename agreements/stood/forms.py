"""Which day somebody wants to see an agreement on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from house import clock
from nhsuk import forms
from nhsuk.dates import day


class DayForm(forms.Form):
    """A day from the agreement's first until today."""

    mark_optional = False
    on = forms.DateField(
        label="Day", help_text="You see it as it stood at the end of that day, London time."
    )

    def __init__(self, *args: Any, first: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.first = first

    def clean_on(self) -> date:
        """Raises ValidationError for a day before it was there, and for one that has not come."""
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise ValidationError(
                f"{day(on)} has not come yet. Enter today, {day(clock.today())}, or an earlier day."
            )
        if on < self.first:
            raise ValidationError(
                f"This agreement was not there on {day(on)}. "
                f"Its first day is {day(self.first)}: enter that day or a later one."
            )
        return on
