"""Forms of logs: an entry of each kind, its reference in a register, its review, its passing on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms as django_forms

from agreements.associated.bringing import WRONG_ADDRESS, is_address
from commitments.logs.said import Said
from commitments.logs.services.references import Reference
from commitments.logs.words import MORE, WHAT, WHEN
from commitments.models import LogEntry
from documents.markdown import HOW_TO_MARK
from house import clock
from nhsuk import forms
from nhsuk.offers import Choices, Offer
from parties.typed_names import names_typed, numbers_typed, quoted

Kind = LogEntry.Kind
LONGEST: Final = 5_000
ROLES: Final = "Name groups, teams and posts, not people."


class AsksAboutPeople(forms.AsksFirst):
    """Asks once about what looks like somebody's name or an NHS number, in all that was typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_it_is"].label = "Record it as it is"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        typed = "\n".join(str(said.get(name) or "") for name in self._typed)
        self.ask_about(_odd_in(typed))
        said.pop("as_it_is", None)
        return said

    @property
    def _typed(self) -> list[str]:
        lines = forms.TextField | forms.LineField
        return [name for name, field in self.fields.items() if isinstance(field, lines)]


def _odd_in(typed: str) -> list[str]:
    names, numbers = names_typed(typed), numbers_typed(typed)
    odd = []
    if names:
        verb = "looks" if len(names) == 1 else "look"
        odd.append(f"{quoted(names)} {verb} like somebody's name. A log seldom needs one.")
    if numbers:
        odd.append(f"{quoted(numbers)} can be an NHS number. No log holds one.")
    return odd


class EntryForm(AsksAboutPeople):
    """An entry of one kind: what another kind alone has is left out."""

    field_order = ("groups", "mechanism", "happened_on", "what", "text", "document", "reference",
                   "link", "review_on", "may_be_passed_on", "as_it_is")  # fmt: skip

    groups = forms.LineField(
        label="Who was asked", max_length=500,
        help_text=f"Which groups, how many of each if you know. {ROLES}",
    )  # fmt: skip
    mechanism = forms.LineField(
        label="In which way", help_text="For example, a public meeting or a survey by post.",
        max_length=200,
    )  # fmt: skip
    happened_on = forms.DateField(label="Date", help_text="For example, 3 9 2014")
    what = forms.LineField(label="What", help_text=f"One line. {ROLES}", max_length=200)
    text = forms.TextField(label="More", rows=6, max_length=LONGEST, required=False)
    document = forms.PickField(
        label="Document that it was about", nothing="None of the list", required=False,
        help_text="One of those that the MoU is read with.",
    )  # fmt: skip
    review_on = forms.DateField(
        label="Date of review", required=False,
        help_text="When you look at it again. Your MoU manager is reminded.",
    )  # fmt: skip
    may_be_passed_on = forms.CheckboxField(
        label="The other parties may pass this on to named MoUs of theirs", required=False
    )

    def __init__(
        self, *args: Any, kind: str, documents: Choices, initial: dict[str, Any], **options: Any
    ) -> None:
        self.kind = Kind(kind)
        super().__init__(*args, initial=initial, **options)
        fields: Any = self.fields
        fields["what"].label, fields["happened_on"].label = WHAT[kind], WHEN[kind]
        fields["text"].label = MORE[kind]
        fields["text"].help_text = f"The parties read this. {HOW_TO_MARK}"
        fields["document"].offer(documents)
        for name in self._of_other_kinds(bool(documents)):
            fields.pop(name, None)

    def _of_other_kinds(self, with_documents: bool) -> list[str]:
        engagement = self.kind == Kind.ENGAGEMENT
        gone = [] if engagement else ["groups", "mechanism", "document"]
        gone += [] if with_documents else ["document"]
        if self.kind == Kind.RISK:
            return [*gone, "may_be_passed_on"]
        return [*gone, "review_on", "reference", "link"]

    def said(self, documents: Sequence[Any]) -> Said:
        """As the service takes it; `documents` are those that were offered."""
        said = dict(self.cleaned_data)
        chosen = said.get("document")
        said["document"] = next((each for each in documents if str(each.pk) == chosen), None)
        return Said(**{name: said[name] for name in Said.__dataclass_fields__ if name in said})


class WithReference(forms.Form):
    """Where one's own register has the risk."""

    reference = forms.LineField(
        label="Its reference in your own register", max_length=100, required=False,
        help_text="The other parties read it, and keep their own.",
    )  # fmt: skip
    link = forms.LineField(
        label="Its address on the web", help_text="It begins with https://.", max_length=500,
        required=False, autocomplete="off",
    )  # fmt: skip

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not is_address(link):
            raise django_forms.ValidationError(WRONG_ADDRESS)
        return link

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("link") and "reference" in said and not said["reference"]:
            self.add_error("reference", "Enter the reference that is found at this address")
        return said

    def own_reference(self) -> Reference | None:
        said = self.cleaned_data
        reference = said.get("reference")
        return Reference(reference, said.get("link", "")) if reference else None


class NewEntryForm(WithReference, EntryForm):
    # Made with the form: the same form sent twice makes one entry.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)

    @classmethod
    def of(cls, data: Any, kind: str, documents: Choices) -> NewEntryForm:
        today = {"happened_on": clock.today()}
        return cls(data, kind=kind, documents=documents, initial=today)


class ChangeEntryForm(EntryForm):
    """`edit_no` is the number of the entry that the form was made from."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, entry: LogEntry, data: Any, documents: Choices) -> ChangeEntryForm:
        names = [*Said.__dataclass_fields__, "edit_no"]
        initial = {name: getattr(entry, name) for name in names}
        held = str(entry.document_id or "")
        if held and held not in dict(documents):
            documents = [*documents, (held, "The document that it names now")]
        initial["document"] = held
        return cls(data, kind=entry.kind, documents=documents, initial=initial)


class ReferenceForm(WithReference):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reference"].required = True


class ReviewForm(AsksAboutPeople):
    """That a risk was looked at again."""

    field_order = ("reviewed_on", "found", "next_on", "as_it_is")

    reviewed_on = forms.DateField(label="Day of the review", initial=clock.today)
    found = forms.TextField(
        label="What you found", help_text="The parties read this. It cannot be changed afterwards.",
        rows=3, max_length=500, required=False,
    )  # fmt: skip
    next_on = forms.DateField(
        label="Next date of review", help_text="Leave it empty if none is planned.", required=False
    )


class PassOnForm(forms.Form):
    agreements = forms.PickSeveralField(
        label="To which MoUs", help_text="Their parties read this entry, and nothing else of this MoU.",
        error_messages={"required": "Choose at least one MoU"},
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreements"].offer(offer)  # type: ignore[attr-defined]


class LogFilter(forms.FilterForm):
    """What narrows the log of an agreement."""

    kind = forms.SelectField(label="Log", choices=[("", "All"), *Kind.choices])
    document = forms.SelectField(label="Document")
    state = forms.SelectField(
        label="State",
        choices=[("", "Without errors"), ("open", "Open"), ("closed", "Closed risks"),
                 ("all", "With what was entered in error")],
    )  # fmt: skip
    text = forms.LineField(label="Words", max_length=100)

    def __init__(self, data: Any, documents: Choices) -> None:
        super().__init__(data)
        box: Any = self.fields["document"]
        box.choices = [("", "Any"), *documents]
        if not documents:
            del self.fields["document"]
