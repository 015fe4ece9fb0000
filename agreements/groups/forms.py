"""The forms with which a group is prepared, sent and looked after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from agreements.groups.standing import STATES
from agreements.models import Issue, TemplateVersion
from agreements.terms import Blank, Slot
from agreements.terms.model import each_of
from nhsuk import forms
from nhsuk.offers import Choices, Offer
from parties.models import Person
from parties.offers import People, PersonField

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


class AnswerForm(forms.Form):
    """Whether a commissioner takes part."""

    mark_optional = False

    takes_part = forms.RadioField(
        label="Does your organisation take part?",
        choices=[("yes", "Yes: make our agreements"), ("no", "No")],
        widget=forms.Radios(),
    )
    because = forms.TextField(
        label="If not: why",
        help_text="The organisation that sends it reads this.",
        rows=3, max_length=500, required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("takes_part") == "no" and not said.get("because"):
            self.add_error("because", "Say why your organisation does not take part")
        return said


class CoveringForm(forms.Form):
    """One approval for all of a commissioner's own agreements of the group."""

    decided_on = forms.DateField(label="Date of the decision")
    decided_by = forms.LineField(
        label="Name of who decided, or chaired", max_length=120, required=False,
        help_text="The table of approvals in each PDF prints it.",
    )  # fmt: skip
    decided_as = forms.LineField(label="Their title", max_length=120, required=False)
    minute_reference = forms.LineField(
        label="Minute reference", max_length=120, required=False,
        help_text="For example, GB 7.2.",
    )  # fmt: skip
    note = forms.TextField(label="Note", rows=3, max_length=500, required=False)


class SignatoryForm(forms.Form):
    """Who signs for the commissioner, under all of its agreements of the group."""

    person = PersonField(
        label="Who signs",
        widget=forms.Radios(),
        nothing="",
        error_messages={"required": "Choose who signs"},
    )

    def __init__(self, data: Any, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.fields["person"].offer(People(people))  # type: ignore[attr-defined]


class OptOutForm(forms.Form):
    """What an organisation told its commissioner."""

    said_by = forms.LineField(label="Who said so", max_length=120)
    said_on = forms.DateField(label="When they said so")
    because = forms.TextField(
        label="Why, in their words",
        help_text="The organisation can read this.",
        rows=3, max_length=500,
    )  # fmt: skip


class OptOutAnswerForm(forms.Form):
    mark_optional = False

    agrees = forms.RadioField(
        label="Is it right?",
        choices=[("yes", "Yes: it takes no part"), ("no", "No: it is not right")],
        widget=forms.Radios(),
    )


class LinesFilter(forms.FilterForm):
    """What narrows the lines of a group."""

    text = forms.LineField(label="Organisation", max_length=100)
    state = forms.SelectField(label="State")
    commissioner = forms.SelectField(label="Commissioner")

    def __init__(self, data: Any, *, states: Sequence[str], commissioners: Choices) -> None:
        super().__init__(data)
        words = [(key, STATES[key][0]) for key in STATES if key in states]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", "Any"), ("for_you", "Waits for you"), *words,
        ]  # fmt: skip
        if len(commissioners) > 1:
            choices = [("", "Any"), *commissioners]
            self.fields["commissioner"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["commissioner"]


def blanks_of(issue: Issue) -> list[Blank]:
    """Those that are no names of sides, which the portal fills in."""
    slots = {slot.key for slot in issue.template_version.typed_slots}
    return [blank for blank in issue.template_version.typed_blanks if blank.key not in slots]
