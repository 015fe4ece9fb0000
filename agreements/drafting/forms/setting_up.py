"""The pages on which a new agreement is set up. What can come later may stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from agreements.models import Template, TemplateVersion
from agreements.terms import Blank, ContactRole, Slot, keys_of, number_in, party_key
from nhsuk import forms
from nhsuk.offers import Choices, Offer
from parties.forms.mailboxes import MailboxForm

NOT_YET = "Not chosen yet"


@dataclass
class Side:
    """A party whose organisation is chosen, with whom its contacts can be chosen from."""

    key: str
    name: str
    roles: Sequence[ContactRole] = ()
    people: Choices = field(default_factory=list)
    # As typed on this page before; they come into being with the agreement.
    newcomers: list[dict[str, str]] = field(default_factory=list)

    @property
    def choices(self) -> Choices:
        added = [(f"new-{n}", called(each)) for n, each in enumerate(self.newcomers)]
        return [*self.people, *added]

    def value_of(self, said: Any) -> str:
        """The choice that stands for what was said before: a person's id, or a newcomer."""
        if isinstance(said, Mapping) and said in self.newcomers:
            return f"new-{self.newcomers.index(dict(said))}"
        return str(said) if isinstance(said, int) else ""

    def said_by(self, value: str) -> Any:
        if value.startswith("new-"):
            return self.newcomers[int(value.removeprefix("new-"))]
        return int(value) if value else None


def called(newcomer: Mapping[str, str]) -> str:
    return ", ".join(part for part in (newcomer["name"], newcomer.get("job_title")) if part)


class TemplateForm(forms.Form):
    """Which template the agreement starts from."""

    template = forms.RadioField(label="Template", widget=forms.Radios())

    def __init__(
        self, versions: Sequence[TemplateVersion], data: Any = None, *, own: int | None = None
    ) -> None:
        """`own` is the reader's organisation: of another's template stands whose it is."""
        super().__init__(data)
        self.versions = versions
        choice: Any = self.fields["template"]
        choice.choices = [(str(v.pk), v.template.name) for v in versions]
        choice.widget.hints = {str(v.pk): _hint(v.template, own) for v in versions}

    @property
    def chosen(self) -> TemplateVersion:
        return next(v for v in self.versions if str(v.pk) == self.cleaned_data["template"])


def _hint(template: Template, own: int | None) -> str:
    keeper = template.organisation
    shared = f"Kept by {keeper}." if own and keeper.pk != own else ""
    return f"{template.description} {shared}".strip()


class PartiesForm(forms.Form):
    """What the agreement is called, and who takes each side."""

    mark_optional = False
    # What stands for no choice, and whether each side has to be taken now.
    not_chosen, must_choose = NOT_YET, False

    title = forms.LineField(
        label="Title",
        help_text="As the parties call it. For example, Working together on quality in practices.",
        required=False,
    )

    def __init__(
        self, slots: Sequence[Slot], offered: Mapping[str, Offer], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.slots = slots
        for slot in slots:
            self.fields[slot.key] = self._field(slot, offered[slot.key])

    def _field(self, slot: Slot, offered: Offer) -> forms.PickField | forms.PickSeveralField:
        field: forms.PickField | forms.PickSeveralField
        if slot.many:
            field = forms.PickSeveralField(
                label=f"Who are {slot.all_of_them}", required=self.must_choose
            )
        else:
            field = forms.PickField(
                label=f"Who is {slot.label}", nothing=self.not_chosen, required=self.must_choose
            )
        field.offer(offered)
        return field

    def clean(self) -> dict[str, Any]:
        taken = [pk for slot in self.slots for pk in self._said(slot)]
        if len(set(taken)) < len(taken):
            self.add_error(self.slots[-1].key, "Choose a different organisation for each side")
        return self.cleaned_data

    def _said(self, slot: Slot) -> list[str]:
        said = self.cleaned_data.get(slot.key) or []
        return said if isinstance(said, list) else [said]

    def chosen(self, before: Mapping[str, int]) -> dict[str, int]:
        """The parties by their keys; who shares a side keeps the number that it had before."""
        return {
            key: int(pk)
            for slot in self.slots
            for key, pk in _numbered(slot, self._said(slot), before)
        }


def _numbered(
    slot: Slot, said: Sequence[str], before: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    if not slot.many:
        yield from ((slot.key, pk) for pk in said)
        return
    had = {str(before[key]): number_in(key) for key in keys_of(slot, before)}
    free = count(max(had.values(), default=0) + 1)
    for pk in said:
        yield party_key(slot.key, had.get(pk) or next(free)), pk


class ContactsForm(forms.Form):
    """Who holds each contact role, with a deputy, and what the text leaves open."""

    mark_optional = False

    def __init__(
        self, sides: Sequence[Side], blanks: Iterable[Blank], answers: Mapping[str, Any], data: Any
    ) -> None:
        super().__init__(data)
        self.sides, self.blanks = sides, list(blanks)
        for side, role, person, deputy in self._roles():
            said = answers.get("contacts", {}).get(side.key, {}).get(role.key, {})
            self._offer(person, role.label, side, said.get("person"))
            self._offer(deputy, "Deputy", side, said.get("deputy"))
        for blank in self.blanks:
            self.fields[f"blank-{blank.key}"] = forms.LineField(
                label=blank.label,
                help_text=blank.hint,
                required=False,
                initial=answers.get("blanks", {}).get(blank.key, ""),
            )

    def _roles(self) -> Iterator[tuple[Side, ContactRole, str, str]]:
        """Each role of each side, with the names of its two lists to choose from."""
        for side in self.sides:
            for role in side.roles:
                name = f"{side.key}-{role.key}"
                yield side, role, f"{name}-person", f"{name}-deputy"

    def _offer(self, name: str, label: str, side: Side, said: Any) -> None:
        field = forms.PickField(
            label=label, nothing=NOT_YET, required=False, initial=side.value_of(said)
        )
        field.offer(side.choices)
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        for _, role, person, deputy in self._roles():
            chosen, other = self.cleaned_data.get(person), self.cleaned_data.get(deputy)
            if other and other == chosen:
                self.add_error(deputy, f"Choose somebody else as deputy {role.label}")
            elif other and not chosen:
                self.add_error(person, f"Choose the {role.label} before a deputy")
        return self.cleaned_data

    @property
    def contacts(self) -> dict[str, dict[str, dict[str, Any]]]:
        """As the service takes them: party, role, person and deputy."""
        said: dict[str, dict[str, dict[str, Any]]] = {side.key: {} for side in self.sides}
        for side, role, person, deputy in self._roles():
            if self.cleaned_data[person]:
                said[side.key][role.key] = {
                    "person": side.said_by(self.cleaned_data[person]),
                    "deputy": side.said_by(self.cleaned_data[deputy]),
                }
        return said

    @property
    def filled_in(self) -> dict[str, str]:
        typed = {blank.key: self.cleaned_data[f"blank-{blank.key}"] for blank in self.blanks}
        return {key: text for key, text in typed.items() if text}


class NewcomerForm(MailboxForm):
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
        choices = [(side.key, side.name) for side in sides]
        if len(choices) == 1:
            self.fields["slot"].initial = choices[0][0]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]
