"""Which calendar somebody wants."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from deadlines.calendars.services import HAVE_IT
from nhsuk import forms

HOME: Final = "home"
ORGANISATION: Final = "organisation"
AGREEMENT: Final = "agreement"


class CalendarForm(forms.Form):
    """One of those that the reader can still make: each choice with what it is called."""

    which = forms.RadioField(
        label="Which dates?",
        error_messages={"required": "Choose which dates", "invalid_choice": HAVE_IT},
        choices=[],
    )

    def __init__(
        self, choices: dict[str, str], data: QueryDict | None, *, reference: str, chosen: str
    ) -> None:
        """`reference` is that of the agreement among the choices; `chosen` is where the reader
        comes from."""
        wanted = chosen if chosen in choices else next(iter(choices), "")
        super().__init__(data, initial={"which": wanted})
        self.reference = reference
        self.fields["which"].choices = list(choices.items())  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """As `make_feed` takes it."""
        which = self.cleaned_data["which"]
        about = self.reference if which == AGREEMENT else ""
        return {"of_organisation": which == ORGANISATION, "reference": about}
