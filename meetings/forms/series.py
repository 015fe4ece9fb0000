"""Series of meetings: what they are called, how often they are, which agreements they serve."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms as django_forms

from house import clock
from meetings.forms.calling import lines_in
from meetings.models import Cadence, Series, SeriesAgreement
from nhsuk import forms
from nhsuk.offers import Choices, Offer

ANY, OURS = "any", "ours"
CHOOSE_ONE = "Choose at least one agreement"


class CadenceForm(forms.Form):
    """How often a series meets."""

    cadence = forms.RadioField(
        label="How often",
        choices=Cadence.choices,
        error_messages={"required": "Choose how often"},
    )
    per_year = forms.WholeNumberField(
        label="Number in each MoU year",
        help_text="Only if you chose another number.",
        min_value=1,
        max_value=52,
        required=False,
    )
    mark_optional = False

    @classmethod
    def of(cls, series: Series, data: Any) -> CadenceForm:
        return cls(data, initial={"cadence": series.cadence, "per_year": series.per_year})

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("cadence") != Cadence.PER_YEAR:
            said["per_year"] = None
        elif not said.get("per_year") and "per_year" not in self.errors:
            self.add_error("per_year", "Enter the number in each MoU year")
        return said


class WhichForm(forms.Form):
    """Which agreements: many in one choice, others from a list or by their names."""

    many = forms.PickField(label="Many agreements at once", nothing="None", required=False)
    agreements = forms.PickSeveralField(label="Which agreements", required=False)
    mark_optional = False

    def __init__(self, *args: Any, offer: Offer, many: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        which: Any = self.fields["agreements"]
        which.offer(offer)
        if many:
            which.label = "Or these agreements"
            self.fields["many"].offer(many)  # type: ignore[attr-defined]
        else:
            del self.fields["many"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("many") and not said.get("agreements"):
            self.add_error("agreements", CHOOSE_ONE)
        return said


class SeriesForm(WhichForm, CadenceForm):
    """A new series."""

    # Made with the form: the same form sent twice makes one series.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)
    name = forms.LineField(
        label="What the meetings are called",
        help_text="For example, Quality group",
        max_length=160,
        error_messages={"required": "Enter what the meetings are called"},
    )
    together = forms.PickField(
        label="Meetings that these MoUs ask for",
        nothing="None: these are further meetings",
        help_text="Choose what is held here from now on, together for all of them.",
        required=False,
    )
    convener = forms.RadioField(
        label="Who calls them",
        choices=[(ANY, "Any of the parties"), (OURS, "Our organisation")],
        initial=ANY,
    )
    body = forms.PickField(
        label="Group that meets (optional)",
        nothing="None",
        help_text="If the portal knows it as a body or group.",
        required=False,
    )
    standing = forms.TextField(
        label="What stands on every agenda (optional)",
        help_text="One heading on each line. Open actions are always on it. Everybody who meets "
        "reads them.",
        rows=4,
        max_length=2_000,
        required=False,
    )

    field_order = (
        "key", "name", "many", "agreements", "together", "cadence", "per_year", "convener",
        "body", "standing",
    )  # fmt: skip

    def __init__(
        self, data: Any, *, chosen: str, together: Choices, bodies: Choices, **which: Any
    ) -> None:
        initial = {"agreements": [chosen] if chosen else [], "convener": ANY}
        super().__init__(data, initial=initial, **which)
        self.fields["agreements"].help_text = (
            "Everybody in these agreements reads what is common of the agendas and the notes. "
            f"{self.fields['agreements'].help_text}"
        ).strip()
        for name, choices in (("together", together), ("body", bodies)):
            self.fields[name].offer(choices)  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def clean_standing(self) -> list[str]:
        return lines_in(self.cleaned_data["standing"], self, "standing", longest=200)


class JoinForm(WhichForm):
    """Further agreements, and from when."""

    starts_on = forms.DateField(
        label="From which day",
        help_text="They read what is common from this day on.",
        error_messages={"required": "Enter the day"},
    )

    def __init__(self, *args: Any, **which: Any) -> None:
        super().__init__(*args, initial={"starts_on": clock.today()}, **which)


class LeaveForm(forms.Form):
    """The last day on which the series serves an agreement."""

    ends_on = forms.DateField(
        label="Last day",
        help_text="Its parties go on reading what was held for it up to then.",
        error_messages={"required": "Enter the last day"},
    )

    @classmethod
    def of(cls, row: SeriesAgreement, data: Any) -> LeaveForm:
        return cls(data, initial={"ends_on": max(clock.today(), row.starts_on or clock.today())})
