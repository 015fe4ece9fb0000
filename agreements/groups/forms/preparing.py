"""The forms with which a group is prepared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agreements.models import Issue, TemplateVersion
from agreements.terms import Blank, Slot
from agreements.terms.model import each_of
from nhsuk import forms
from nhsuk.offers import Choices, Offer

FIXED, NEGOTIATED = "fixed", "negotiated"
WAYS = {
    FIXED: "The text is fixed",
    NEGOTIATED: "Each may negotiate",
}
HINTS = {
    FIXED: "It is the same for all. They fill in blanks and name contacts, ask, sign or decline.",
    NEGOTIATED: "Each gets a draft of its own, which both parties may change.",
}


class BeginForm(forms.Form):
    """Which template, on which side those are to whom it goes, and whether the text is fixed."""

    mark_optional = False

    title = forms.LineField(
        label="Title", help_text="Each of the agreements gets it. For example, Practice resilience."
    )
    side = forms.RadioField(label="Which template, to whom", widget=forms.Radios())
    way = forms.RadioField(
        label="What they may do with the text",
        choices=list(WAYS.items()),
        widget=forms.Radios(hints=HINTS),
        initial=FIXED,
    )

    def __init__(
        self, versions: Sequence[TemplateVersion], data: Any = None, *, own_kind: str
    ) -> None:
        super().__init__(data)
        self.sides = {
            f"{version.pk}:{slot.key}": (version, slot.key)
            for version in versions
            for slot in receivers_in(version, own_kind)
        }
        choice: Any = self.fields["side"]
        choice.choices = [
            (key, f"{version.template.name}, to {each_of(_label(version, slot))}")
            for key, (version, slot) in self.sides.items()
        ]

    @property
    def chosen(self) -> tuple[TemplateVersion, str]:
        return self.sides[self.cleaned_data["side"]]


def receivers_in(version: TemplateVersion, own_kind: str) -> list[Slot]:
    """The sides to which it may go: not the one that is the sender's own, where that is plain."""
    slots = version.typed_slots
    own = [slot for slot in slots if own_kind in slot.organisation_kinds]
    return [slot for slot in slots if slot not in own] if len(own) == 1 else slots


def _label(version: TemplateVersion, key: str) -> str:
    return next(slot.label for slot in version.typed_slots if slot.key == key)


class ChooseFilter(forms.FilterForm):
    """What narrows the organisations that it can go to."""

    text = forms.LineField(label="Name or ODS code", max_length=100)
    area = forms.SelectField(label="Area")

    def __init__(self, data: Any, *, areas: Choices) -> None:
        super().__init__(data)
        self.fields["area"].choices = [("", "Any"), *areas]  # type: ignore[attr-defined]


class ChooseForm(forms.Form):
    """Which of those that were found it goes to, and who is their commissioner."""

    mark_optional = False

    commissioner = forms.PickField(label="Their commissioner")
    receivers = forms.ChecklistField(
        label="Organisations", error_messages={"required": "Choose at least one organisation"}
    )

    def __init__(self, data: Any, *, offered: Offer, own: str, found: Choices) -> None:
        super().__init__(data, initial={"commissioner": own, "receivers": [pk for pk, _ in found]})
        self.fields["commissioner"].offer(offered)  # type: ignore[attr-defined]
        self.fields["receivers"].choices = found  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """Whether what was understood of a list is right."""


class BlanksForAllForm(forms.Form):
    """One box for each blank; what differs from one to the next may come with the list."""

    mark_optional = False

    def __init__(self, data: Any, *, blanks: Iterable[Blank], said: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(said))
        for blank in blanks:
            self.fields[blank.key] = forms.LineField(
                label=blank.label, help_text=blank.hint, required=False, max_length=500
            )


def blanks_of(issue: Issue) -> list[Blank]:
    """Those that are no names of sides, which the portal fills in."""
    slots = {slot.key for slot in issue.template_version.typed_slots}
    return [blank for blank in issue.template_version.typed_blanks if blank.key not in slots]
