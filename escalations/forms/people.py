"""The form by which a side says who acts for it at a level."""

from __future__ import annotations

from typing import Any

from agreements.contacts.services.newcomers import Newcomer
from agreements.core.choices import Choices
from nhsuk import forms


class PersonForm(forms.Form):
    """Somebody of one's own organisation, or somebody new."""

    mark_optional = False

    person = forms.SelectField(label="Who acts for us", required=False)
    name = forms.LineField(
        label="Or their name",
        help_text="Use this for somebody who is not in the list.",
        max_length=120,
        required=False,
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="They are told by e-mail. They need no account: you record what they decide.",
        required=False,
    )
    job_title = forms.LineField(label="Their job title", max_length=120, required=False)

    def __init__(self, data: Any, *, people: Choices) -> None:
        super().__init__(data)
        field: Any = self.fields["person"]
        field.choices = [("", "Choose from the list"), *people]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        both = [said.get("person"), said.get("name")]
        if not any(both) and not self.errors:
            self.add_error("person", "Choose who acts for you, or enter their name")
        elif all(both):
            self.add_error("name", "Choose from the list or enter a name, not both")
        if said.get("name") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter their e-mail address, so that they can be told")
        return said

    @property
    def person_id(self) -> int | None:
        chosen = self.cleaned_data["person"]
        return int(chosen) if chosen else None

    @property
    def newcomer(self) -> Newcomer | None:
        said = self.cleaned_data
        if not said["name"]:
            return None
        return Newcomer(said["name"], said["email"], said["job_title"])
