"""Which calendar somebody wants."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from nhsuk import forms
from parties.acting import Acting

HOME: Final = "home"
ORGANISATION: Final = "organisation"
AGREEMENT: Final = "agreement"


class CalendarForm(forms.Form):
    """What Home shows, all of an organisation, or one agreement where somebody comes from there."""

    which = forms.RadioField(
        label="Which dates?", error_messages={"required": "Choose which dates"}, choices=[]
    )

    def __init__(
        self, acting: Acting, reference: str, data: QueryDict | None, *, chosen: str = ""
    ) -> None:
        """`chosen` is the choice of whoever comes from no agreement."""
        super().__init__(data, initial={"which": AGREEMENT if reference else chosen or HOME})
        self.reference = reference
        choices = [
            (HOME, "My dates: what Home shows me, of all my organisations"),
            (ORGANISATION, f"All dates of {acting.organisation}"),
        ]
        if reference:
            choices.insert(0, (AGREEMENT, f"The dates of {reference}, as {acting.organisation}"))
        self.fields["which"].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """As `make_feed` takes it."""
        which = self.cleaned_data["which"]
        about = self.reference if which == AGREEMENT else ""
        return {"of_organisation": which == ORGANISATION, "reference": about}
