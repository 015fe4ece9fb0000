"""Forms of an entry of each kind of log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms as django_forms

from commitments.logs.said import Said
from commitments.logs.shared_forms import AsksAboutPeople, WithReference
from commitments.logs.words import MORE, WHAT, WHEN
from commitments.models import LogEntry
from documents.markdown import HOW_TO_MARK
from house import clock
from nhsuk import forms
from nhsuk.offers import Choices

Kind = LogEntry.Kind
LONGEST: Final = 5_000
ROLES: Final = "Name groups, teams and posts, not people."


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
