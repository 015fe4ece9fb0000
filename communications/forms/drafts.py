"""Forms about a draft: adding it, sharing it, commenting on it, answering a comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms as django_forms

from communications.queries.candidates import Candidates
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from nhsuk.offers import FEW
from parties.models import Organisation


class DraftForm(forms.Form):
    """The text, or a PDF of it."""

    text = forms.TextField(
        label="Text", help_text=HOW_TO_MARK, rows=16, max_length=50_000, required=False
    )
    pdf = forms.UploadField(
        label="Or a PDF of it",
        help_text="Up to 20 MB.",
        accept=".pdf,application/pdf",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        text, pdf = self.cleaned_data.get("text"), self.cleaned_data.get("pdf")
        if not self.errors and not text and not pdf:
            self.add_error("text", "Type the text, or choose a PDF")
        if text and pdf:
            self.add_error("pdf", "Type the text or choose a PDF, not both")
        return self.cleaned_data


class CommentForm(forms.Form):
    text = forms.TextField(
        label="Your comment",
        help_text="Your side's named readers and the organisation that announces it read this. "
        "Nobody else ever does.",
        rows=5,
        max_length=5_000,
        error_messages={"required": "Enter your comment"},
    )


class AnswerToReadersForm(forms.Form):
    """The owner's answer to the readers of one side."""

    side = forms.PickField(label="To the readers of", nothing="")
    text = forms.TextField(
        label="Your answer",
        help_text="The named readers of that side read this. Nobody else of it does.",
        rows=5,
        max_length=5_000,
        error_messages={"required": "Enter your answer"},
    )

    def __init__(self, *args: Any, sides: Iterable[Organisation]) -> None:
        super().__init__(*args)
        choices = [(str(side.pk), side.name) for side in sides]
        field: Any = self.fields["side"]
        if len(choices) == 1:
            field.widget = django_forms.HiddenInput()
            field.initial = choices[0][0]
        field.offer(choices)


NOT_IN_THE_LIST = (
    "Somebody whom you do not find here? Ask their organisation to name them as a key contact, or "
    "to put them into a team. Nobody else there is shown to you, and no name is looked up."
)


class ShareForm(forms.Form):
    """One list for each other party. `draft` is the number of the draft that the page shows.

    Whoever may be chosen is in the lists, or found by name among those whom the reader sees anyhow:
    whether somebody else is there, no answer tells (record 0040).
    """

    mark_optional = False
    not_in_the_list = NOT_IN_THE_LIST

    draft = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=1)
    other = forms.PickField(
        label="Or one other person", nothing="Nobody else", help_text=NOT_IN_THE_LIST,
        required=False,
    )  # fmt: skip
    because = forms.TextField(
        label="Why the notice is short",
        help_text="Each other party can read this once it is released.",
        rows=3,
        max_length=500,
        required=False,
        error_messages={"required": "Say why the notice is short"},
    )

    def __init__(
        self, data: Any = None, *, candidates: Sequence[Candidates], draft: int, short: str
    ) -> None:
        super().__init__(data, initial={"draft": draft})
        self.candidates = {each.field: each for each in candidates}
        is_long = sum(len(each.those) for each in candidates) > FEW
        for name, each in self.candidates.items():
            listed = each.usual if is_long else each.those
            self.fields[name] = forms.ChecklistField(
                label=f"Who at {each.organisation.name}",
                help_text="It is about them." if each.is_touched else "",
                choices=[(one.key, one.label) for one in listed],
                widget=forms.Checkboxes(hints={one.key: one.hint for one in listed if one.hint}),
                required=False,
            )
        self._offer_others(is_long)
        self._ask_why(short)
        self.order_fields(["draft", *self.candidates, "other", "because"])

    def _offer_others(self, is_long: bool) -> None:
        """Those of long lists who are neither contacts nor teams."""
        self.others = {
            f"{name}-{one.key}": (one, each.organisation)
            for name, each in self.candidates.items()
            for one in (each.others if is_long else ())
        }
        self.fields["other"].offer(  # type: ignore[attr-defined]
            [(key, f"{one.label} ({of.name})") for key, (one, of) in self.others.items()]
        )
        if not self.others:
            del self.fields["other"]

    def _ask_why(self, short: str) -> None:
        """`short` names the parties that would get less than their lead time; often none."""
        if not short:
            del self.fields["because"]
            return
        because = self.fields["because"]
        because.required = len(self.candidates) == 1
        because.help_text = f"Less than the lead time is left for {short}. {because.help_text}"

    def clean(self) -> dict[str, Any]:
        readers = [
            next(one.reader for one in each.those if one.key == key)
            for name, each in self.candidates.items()
            for key in self.cleaned_data.get(name, ())
        ]
        if other := self.cleaned_data.get("other"):
            readers.append(self.others[other][0].reader)
        if not readers and not self.errors:
            self.add_error(next(iter(self.candidates), None), "Choose who may read the draft")
        self.cleaned_data["readers"] = readers
        return self.cleaned_data
