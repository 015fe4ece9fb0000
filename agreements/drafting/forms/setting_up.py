"""The pages on which a new agreement is set up. What can come later may stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms import BoundField

from agreements.core.choices import Choices
from agreements.drafting.forms.sides import NOT_YET, Side
from agreements.models import TemplateVersion
from agreements.terms import Blank, ContactRole, Slot
from nhsuk import forms


class TemplateForm(forms.Form):
    """Which template the agreement starts from."""

    template = forms.RadioField(label="Template", widget=forms.Radios())

    def __init__(self, versions: Sequence[TemplateVersion], data: Any = None) -> None:
        super().__init__(data)
        self.versions = versions
        choice: Any = self.fields["template"]
        choice.choices = [(str(v.pk), v.template.name) for v in versions]
        choice.widget.hints = {str(v.pk): v.template.description for v in versions}

    @property
    def chosen(self) -> TemplateVersion:
        return next(v for v in self.versions if str(v.pk) == self.cleaned_data["template"])


class PartiesForm(forms.Form):
    """What the agreement is called, and who takes each side."""

    mark_optional = False

    title = forms.LineField(
        label="Title",
        help_text="As both parties call it. For example, Working together on quality in practices.",
        required=False,
    )

    def __init__(
        self, slots: Sequence[Slot], offered: Mapping[str, Choices], data: Any, initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        self.slots = slots
        for slot in slots:
            self.fields[slot.key] = forms.SelectField(
                label=f"Who is {slot.label}",
                choices=NOT_YET + offered[slot.key],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        taken = [chosen for slot in self.slots if (chosen := self.cleaned_data.get(slot.key))]
        if len(set(taken)) < len(taken):
            self.add_error(self.slots[-1].key, "Choose a different organisation for each side")
        return self.cleaned_data

    @property
    def chosen(self) -> dict[str, int]:
        """The sides that are taken: slot and organisation."""
        said = {slot.key: self.cleaned_data[slot.key] for slot in self.slots}
        return {slot: int(pk) for slot, pk in said.items() if pk}


class ContactsForm(forms.Form):
    """Who holds each contact role, with a deputy, and what the text leaves open."""

    mark_optional = False

    def __init__(
        self, sides: Sequence[Side], blanks: Iterable[Blank], answers: Mapping[str, Any], data: Any
    ) -> None:
        super().__init__(data)
        self.sides, self.blanks = sides, list(blanks)
        for side in sides:
            for role in side.roles:
                self._add_role(side, role, answers.get("contacts", {}).get(side.slot, {}))
        for blank in self.blanks:
            typed = forms.LineField(label=blank.label, help_text=blank.hint, required=False)
            self._add(f"blank-{blank.key}", typed, answers.get("blanks", {}).get(blank.key, ""))

    def _add_role(self, side: Side, role: ContactRole, said: Mapping[str, Any]) -> None:
        before = said.get(role.key, {})
        for part, label in (("person", role.label), ("deputy", "Deputy")):
            choice = forms.SelectField(label=label, choices=side.choices, required=False)
            name = f"{side.slot}-{role.key}-{part}"
            self._add(name, choice, side.value_of(before.get(part)))

    def _add(self, name: str, added: Any, initial: str) -> None:
        self.fields[name] = added
        self.initial[name] = initial

    def clean(self) -> dict[str, Any]:
        for side in self.sides:
            for role in side.roles:
                person = self.cleaned_data.get(f"{side.slot}-{role.key}-person")
                deputy = self.cleaned_data.get(f"{side.slot}-{role.key}-deputy")
                if deputy and deputy == person:
                    name = f"{side.slot}-{role.key}-deputy"
                    self.add_error(name, f"Choose somebody else as deputy {role.label}")
                elif deputy and not person:
                    name = f"{side.slot}-{role.key}-person"
                    self.add_error(name, f"Choose the {role.label} before a deputy")
        return self.cleaned_data

    @property
    def contacts(self) -> dict[str, dict[str, dict[str, Any]]]:
        """As the service takes them: slot, role, person and deputy."""
        return {
            side.slot: {
                role.key: {
                    part: side.said_by(self.cleaned_data[f"{side.slot}-{role.key}-{part}"])
                    for part in ("person", "deputy")
                }
                for role in side.roles
                if self.cleaned_data[f"{side.slot}-{role.key}-person"]
            }
            for side in self.sides
        }

    def rows_of(self, side: Side) -> list[tuple[ContactRole, BoundField, BoundField]]:
        """For the page: each role of a side with its two lists to choose from."""
        return [
            (role, self[f"{side.slot}-{role.key}-person"], self[f"{side.slot}-{role.key}-deputy"])
            for role in side.roles
        ]

    def blank_fields(self) -> list[BoundField]:
        return [self[f"blank-{blank.key}"] for blank in self.blanks]

    @property
    def filled_in(self) -> dict[str, str]:
        typed = {blank.key: self.cleaned_data[f"blank-{blank.key}"] for blank in self.blanks}
        return {key: text for key, text in typed.items() if text}


class NewcomerForm(forms.Form):
    """Somebody who is not in the lists."""

    mark_optional = False

    slot = forms.RadioField(
        label="Works for",
        widget=forms.Radios(inline=True),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose which party they work for"
        ),
    )
    name = forms.LineField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", required=False)
    job_title = forms.LineField(label="Job title", max_length=120, required=False)

    def __init__(self, sides: Sequence[Side], data: Any = None) -> None:
        super().__init__(data, prefix="new")
        choices = [(side.slot, side.name) for side in sides]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    @property
    def newcomer(self) -> dict[str, str]:
        said = ("name", "email", "job_title")
        return {name: self.cleaned_data[name] for name in said}
