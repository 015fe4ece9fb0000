"""Naming a key contact, and saying whether one still is it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agreements.contacts.services.newcomers import Newcomer
from agreements.core.choices import Choices
from agreements.models import KeyContact
from nhsuk import forms
from parties.models import Person

NOBODY = [("", "Choose from the list")]
SOMEBODY_ELSE = "Use this for somebody who is not in the list."


class ContactForm(forms.Form):
    """Who holds one contact role of one's own party from today, with a deputy."""

    mark_optional = False

    holder = forms.SelectField(label="Who holds the role", required=False)
    name = forms.LineField(
        label="Or their name", help_text=SOMEBODY_ELSE, max_length=120, required=False
    )
    email = forms.EmailField(label="Their e-mail address", required=False)
    job_title = forms.LineField(
        label="Their job title",
        help_text="Leave it empty to use the post that the portal knows.",
        max_length=120,
        required=False,
    )
    deputy = forms.SelectField(label="Deputy", required=False)
    deputy_name = forms.LineField(
        label="Or the deputy’s name",  # noqa: RUF001 - an apostrophe in print
        help_text=SOMEBODY_ELSE,
        max_length=120,
        required=False,
    )
    deputy_email = forms.EmailField(label="The deputy’s e-mail address", required=False)  # noqa: RUF001

    def __init__(
        self, people: Choices, teams: Choices, contact: KeyContact | None, data: Any = None
    ) -> None:
        super().__init__(data, initial=dict(_said(contact)) if contact else None)
        holder: Any = self.fields["holder"]
        deputy: Any = self.fields["deputy"]
        holder.choices = NOBODY + people + teams
        deputy.choices = [("", "No deputy"), *people]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self._one_of("holder", "name", "Choose who holds the role, or enter their name")
        for prefix in ("", "deputy_"):
            if said.get(f"{prefix}email") and not said.get(f"{prefix}name"):
                self.add_error(f"{prefix}name", "Enter the name that goes with the e-mail address")
        if said.get("deputy") and said.get("deputy_name"):
            self.add_error("deputy_name", "Choose a deputy or enter a name, not both")
        if said.get("deputy") and said.get("deputy") == said.get("holder"):
            self.add_error("deputy", "Choose somebody else as the deputy")
        return said

    def _one_of(self, chosen: str, typed: str, sentence: str) -> None:
        both = [self.cleaned_data.get(chosen), self.cleaned_data.get(typed)]
        if not any(both) and not self.errors:
            self.add_error(chosen, sentence)
        elif all(both):
            self.add_error(typed, "Choose from the list or enter a name, not both")

    @property
    def holder_id(self) -> int | None:
        """The person that was chosen; None for a team or somebody new."""
        return _number(self.cleaned_data["holder"], "")

    @property
    def team_id(self) -> int | None:
        return _number(self.cleaned_data["holder"], "team-")

    @property
    def deputy_id(self) -> int | None:
        return _number(self.cleaned_data["deputy"], "")

    @property
    def newcomer(self) -> Newcomer | None:
        return _newcomer(self.cleaned_data, "", self.cleaned_data["job_title"])

    @property
    def new_deputy(self) -> Newcomer | None:
        return _newcomer(self.cleaned_data, "deputy_", "")


def _said(contact: KeyContact) -> Iterator[tuple[str, str]]:
    """The contact as it is, so that one part of it can be changed."""
    yield "holder", f"team-{contact.team_id}" if contact.team_id else str(contact.person_id)
    if contact.deputy_id:
        yield "deputy", str(contact.deputy_id)


def _number(chosen: str, prefix: str) -> int | None:
    rest = chosen.removeprefix(prefix)
    return int(rest) if rest.isdecimal() and chosen == f"{prefix}{rest}" else None


def _newcomer(said: Mapping[str, Any], prefix: str, job_title: str) -> Newcomer | None:
    name = said.get(f"{prefix}name")
    return Newcomer(name, said.get(f"{prefix}email", ""), job_title) if name else None


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
