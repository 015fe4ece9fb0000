"""Forms for a list in a file, and for what was read from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import CharField, HiddenInput

from house.refusals import Refused
from nhsuk import forms
from nhsuk.words import and_list
from parties.services.lists import sentences_of
from parties.services.uploading import SOMEBODY_ELSE, Meaning


class UploadForm(forms.Form):
    file = forms.UploadField(
        label="File",
        accept=".xlsx,.csv,.txt,.tsv",
        help_text="An Excel or CSV file, or text with tabs, at most 20 MB.",
    )

    def add_refusal(self, refusal: Refused) -> None:
        for sentence in sentences_of(refusal):
            self.add_error("file", sentence)
        self.take_moment(refusal)


class TakeListForm(forms.Form):
    """Whether a list is right, and who somebody is whose address others have already.

    `kept` is the list, to be taken with the next press, or what was sent with that.
    """

    list = CharField(widget=HiddenInput)

    def __init__(self, asked: Sequence[Meaning], kept: Any) -> None:
        first = isinstance(kept, str)
        super().__init__(None if first else kept, initial={"list": kept} if first else None)
        self.asked = asked
        for each in asked:
            same = [(str(p.pk), f"The same person as {p.name}") for p in each.others]
            self.fields[f"meant-{each.line.row}"] = forms.RadioField(
                label=f"Row {each.line.row}: who is {each.line.name}?",
                help_text=f"{and_list(p.name for p in each.others)} has {each.line.email} already.",
                choices=[*same, (SOMEBODY_ELSE, "Somebody else: they share this mailbox")],
                error_messages={"required": f"Say who {each.line.name} is"},
            )

    @property
    def meant(self) -> dict[int, str]:
        """By row, who was chosen."""
        rows = [each.line.row for each in self.asked]
        return {row: self.cleaned_data[f"meant-{row}"] for row in rows}
