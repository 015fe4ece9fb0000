"""What somebody answers by the link in an e-mail: whether they are a key contact, or still are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nhsuk import forms
from nhsuk.offers import Choices
from parties.models import Person


class ProposedForm(forms.Form):
    """What somebody answers whom another party proposed as a key contact."""

    mark_optional = False

    answer = forms.RadioField(
        label="Is this so?",
        choices=[("yes", "Yes, that is me"), ("no", "No, that is not me")],
        error_messages={"required": "Say whether it is so"},
    )

    @property
    def is_so(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")


RIGHT, CHANGED, NO_LONGER = "right", "changed", "no_longer"


class StillContactForm(forms.Form):
    """What a key contact answers by the link in an e-mail. `roles` are what they are asked."""

    mark_optional = False

    answer = forms.RadioField(
        label="Is this still right?",
        choices=[
            (RIGHT, "Yes, all of it"),
            (CHANGED, "Yes, but my details have changed"),
            (NO_LONGER, "No, it is not me any more"),
        ],
        error_messages={"required": "Say whether it is still right"},
    )
    name = forms.LineField(label="Your name", max_length=120, required=False, autocomplete="name")
    job_title = forms.LineField(
        label="Your job title",
        max_length=120,
        required=False,
        autocomplete="organization-title",
    )
    email = forms.EmailField(label="Your e-mail address", required=False, autocomplete="email")
    roles = forms.ChecklistField(
        label="What are you no longer?", choices=[], required=False, widget=forms.Checkboxes()
    )
    suggestion = forms.LineField(
        label="Who should be asked instead?",
        help_text="If you know. Only your own organisation reads this.",
        max_length=200,
        required=False,
    )

    def __init__(
        self, roles: Choices, person: Person | None, job_title: str, data: Any = None
    ) -> None:
        name, email = (person.name, person.email) if person else ("", "")
        super().__init__(data, initial={"name": name, "email": email, "job_title": job_title})
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        self._leave_out(() if person else ("name", "job_title", "email"))
        self._leave_out(("roles",) if len(roles) < 2 else ())
        self._leave_out(("email",) if person and hasattr(person, "user") else ())
        if person is None:
            answers: Any = self.fields["answer"]
            answers.choices = [each for each in answers.choices if each[0] != CHANGED]
        self.ids, self.person = [int(key) for key, _ in roles], person

    def _leave_out(self, names: Sequence[str]) -> None:
        for name in names:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("answer") == CHANGED and not said.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter your name")
        if said.get("answer") == NO_LONGER and "roles" in self.fields and not said.get("roles"):
            self.add_error("roles", "Choose what you are no longer")
        return said

    @property
    def details(self) -> dict[str, str] | None:
        """What has changed of the person, where they say so."""
        if self.cleaned_data["answer"] != CHANGED or self.person is None:
            return None
        kept = self.person.email
        said = self.cleaned_data
        return {
            "name": said["name"],
            "job_title": said["job_title"],
            "email": said.get("email", kept),
        }

    @property
    def gone(self) -> list[int]:
        """The ids of the contacts that they no longer are; where there is one alone, that one."""
        ticked = self.cleaned_data.get("roles")
        return [int(key) for key in ticked] if ticked else self.ids
