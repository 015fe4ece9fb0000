"""The form of what a record of shared data says, new or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms as django_forms

from agreements.data_sharing.said import End, Said, of_its_law, said_in
from agreements.data_sharing.saying_forms import STALE, AsksAboutNumbers
from agreements.models import DataSharingEntry, Party
from nhsuk import forms

ALL, OUTSIDE = "all", "outside"
_DOES: Final = {"sender": "sends", "receiver": "receives"}
NO_DATA: Final = "Describe the kind of data. Enter no patient's name or number."
Law = DataSharingEntry.Law


class SharingForm(AsksAboutNumbers):
    """What is shared, between whom, why, by which law and how safely."""

    what = forms.TextField(
        label="What data is shared", help_text=NO_DATA, rows=4, max_length=2_000,
        error_messages={"required": "Say what data is shared"},
    )  # fmt: skip
    sender = forms.SelectField(label="Who sends it")
    sender_outside = forms.LineField(
        label="Who sends it, in words", help_text="Only if it is not a party.",
        max_length=200, required=False,
    )  # fmt: skip
    receiver = forms.SelectField(label="Who receives it")
    receiver_outside = forms.LineField(
        label="Who receives it, in words", help_text="Only if it is not a party.",
        max_length=200, required=False,
    )  # fmt: skip
    purpose = forms.TextField(
        label="Purpose", help_text="What the data is used for.", rows=3, max_length=2_000
    )
    law = forms.RadioField(
        label="By which law", choices=Law.choices, initial=Law.UK_GDPR,
        help_text="The law that held when the arrangement was made, or holds for it now.",
    )  # fmt: skip
    basis = forms.SelectField(
        label="Lawful basis", choices=[("", "Choose one"), *DataSharingEntry.Basis.choices],
        help_text="Article 6(1) of the UK GDPR. Choose one if that is the law.", required=False,
    )  # fmt: skip
    special = forms.SelectField(
        label="Condition for special category data",
        choices=[("", "No special category data"), *DataSharingEntry.Special.choices],
        help_text="Article 9(2) of the UK GDPR. Data about health is special category data.",
        required=False,
    )
    conditions = forms.LineField(
        label="Conditions of the Act of 1998",
        help_text="Only under that Act. Those of Schedule 2, and of Schedule 3 for sensitive data.",
        max_length=500, required=False,
    )  # fmt: skip
    confidentiality = forms.TextField(
        label="Confidentiality basis",
        help_text="What allows it under the duty of confidence. For example, implied consent for "
        "direct care, or an approval and its reference.",
        rows=2, max_length=500, required=False,
    )  # fmt: skip
    dpia = forms.LineField(
        label="Data protection impact assessment",
        help_text="Its reference in your own files.", max_length=200, required=False,
    )  # fmt: skip
    safeguards = forms.TextField(
        label="Safeguards", help_text="How the data is kept safe, on the way and where it arrives.",
        rows=3, max_length=2_000,
    )  # fmt: skip
    agreed_on = forms.DateField(label="Date of the arrangement", help_text="For example, 1 3 2026")
    review_on = forms.DateField(
        label="Next review", required=False,
        help_text="Your MoU managers are reminded a month before. Leave it empty if none is set.",
    )  # fmt: skip

    def __init__(self, *args: Any, parties: Sequence[Party], **more: Any) -> None:
        super().__init__(*args, **more)
        self.parties = {str(party.pk): party for party in parties}
        choices = [("", "Choose one"), *((key, each.name) for key, each in self.parties.items())]
        if len(parties) > 2:
            choices.append((ALL, "Every other party"))
        for name in ("sender", "receiver"):
            box: Any = self.fields[name]
            box.choices = [*choices, (OUTSIDE, "Somebody outside this agreement")]
            box.error_messages["required"] = f"Choose who {_DOES[name]} it"

    def clean(self) -> dict[str, Any]:
        for name in ("sender", "receiver"):
            self._check_words(name)
        self._check_law()
        return super().clean()

    def _check_law(self) -> None:
        needs = {
            Law.UK_GDPR: ("basis", "Choose the lawful basis"),
            Law.DPA_1998: ("conditions", "Say which conditions of that Act allow it"),
        }
        if law := self.cleaned_data.get("law"):
            field, why = needs[Law(law)]
            if not self.cleaned_data.get(field) and field not in self.errors:
                self.add_error(field, why)

    def _check_words(self, name: str) -> None:
        chosen, field = self.cleaned_data.get(name), f"{name}_outside"
        words = self.cleaned_data.get(field)
        if chosen == OUTSIDE and not words and field not in self.errors:
            self.add_error(field, "Say who it is")
        elif chosen and chosen != OUTSIDE and words:
            self.add_error(field, "Choose a party or name somebody outside, not both")

    def said(self) -> Said:
        """As the service takes it."""
        typed = of_its_law(self.cleaned_data)
        names = (
            *("what", "purpose", "safeguards", "agreed_on", "law", "basis", "special"),
            *("conditions", "confidentiality", "dpia", "review_on"),
        )
        plain: dict[str, Any] = {name: typed[name] for name in names}
        return Said(sender=self._end("sender"), receiver=self._end("receiver"), **plain)

    def _end(self, name: str) -> End:
        chosen = self.cleaned_data[name]
        return End(self.parties.get(chosen), self.cleaned_data[f"{name}_outside"])


class ChangeSharingForm(SharingForm):
    """Another entry in the place of what the record says, with what is different and why."""

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput, min_value=1,
        error_messages={"required": STALE, "invalid": STALE},
    )  # fmt: skip
    reviewed_on = forms.DateField(
        label="Reviewed on", help_text="Only if this comes from a review.", required=False
    )
    because = forms.TextField(
        label="What is different, and why", rows=3, max_length=500,
        help_text="The parties read it. What the record said stays on its page.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, newest: DataSharingEntry, parties: Sequence[Party], **more: Any
    ) -> None:
        said = said_in(newest)
        # A party that has left meanwhile stays what the record says.
        named = [each for end in (said.sender, said.receiver) if (each := end.party)]
        offered = [*parties, *(each for each in dict.fromkeys(named) if each not in parties)]
        now = said.as_stored | {
            "sender": _key(said.sender), "receiver": _key(said.receiver), "edit_no": newest.seq,
        }  # fmt: skip
        super().__init__(*args, initial=now, parties=offered, **more)


def _key(end: End) -> str:
    if end.party:
        return str(end.party.pk)
    return OUTSIDE if end.outside else ALL
