"""Forms of the draft: a clause, the blanks, freezing, which versions to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from agreements.drafting.forms.kept_by import KeptBy
from agreements.drafting.unprintable import said_of
from agreements.models import ClauseKind, ClauseText, Version
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from nhsuk.words import capital

TO_BE_DEFINED = ClauseText.Status.TO_BE_DEFINED
KIND_HINTS = {
    ClauseKind.SECTION: "Numbered 1, 2, 3. The clauses below it belong to it.",
    ClauseKind.PRINCIPLE: "What the parties believe in. The portal checks nothing.",
    ClauseKind.DUTY: "Something that a party has to do.",
    ClauseKind.ROLE: "What somebody is there for.",
    ClauseKind.STATEMENT: "Something that is so.",
    ClauseKind.DEFINITION: "What a word means in this text.",
}


class ClauseForm(forms.Form):
    """One clause. `edit_no` is the number of the text that the form was made from."""

    mark_optional = False

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)
    heading = forms.LineField(label="Heading")
    body = forms.TextField(
        label="Text",
        help_text=HOW_TO_MARK,
        rows=14,
        required=False,
    )
    kind = forms.RadioField(
        label="Kind", choices=ClauseKind.choices, widget=forms.Radios(hints=KIND_HINTS, small=True)
    )
    owed_by = forms.ChecklistField(
        label="Who has to do it",
        help_text="For a duty. Tick none when every party has to.",
        required=False,
    )
    to_be_defined = forms.CheckboxField(label="Left for a later version", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        sides: Mapping[str, str],
        text: ClauseText | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=_values_of(text) if text else {"edit_no": 0})
        field = self.fields["owed_by"]
        assert isinstance(field, django_forms.MultipleChoiceField)  # noqa: S101 - for mypy
        field.choices = [(slot, capital(called)) for slot, called in sides.items()]
        self.kept_by = KeptBy(text.bindings if text else (), words or {})
        self.fields |= self.kept_by.fields

    @property
    def keepings(self) -> list[BoundField]:
        """The lists of what can keep the clause, as the page shows them."""
        return [self[name] for name in self.kept_by.fields]

    def changes(self) -> dict[str, Any]:
        """The clause's fields as typed. Call it on a valid form."""
        lists = {"edit_no", *self.kept_by.fields}
        typed = {name: said for name, said in self.cleaned_data.items() if name not in lists}
        if self.kept_by.were_shown(self.data):
            typed["bindings"] = self.kept_by.chosen(self.cleaned_data)
        if "to_be_defined" in typed:
            later = typed.pop("to_be_defined")
            typed["status"] = TO_BE_DEFINED if later else ClauseText.Status.DEFINED
        return typed


def _values_of(text: ClauseText) -> dict[str, Any]:
    """What the boxes hold before anybody types."""
    names = ("edit_no", "heading", "body", "kind", "owed_by")
    values = {name: getattr(text, name) for name in names}
    return values | {"to_be_defined": text.status == TO_BE_DEFINED}


class BlanksForm(forms.Form):
    """One box for each blank that is still open. Each may wait."""

    mark_optional = False

    def __init__(
        self, *args: Any, keys: Iterable[str], labels: Mapping[str, str], hints: Mapping[str, str]
    ) -> None:
        super().__init__(*args)
        for key in keys:
            self.fields[key] = forms.LineField(
                label=labels.get(key, key), help_text=hints.get(key, ""), required=False
            )


class FreezeForm(forms.Form):
    what_changed = forms.LineField(
        label="What changed",
        help_text="One sentence. It stands in the amendment history, which the signed copy prints.",
        max_length=300,
    )
    as_it_is = forms.CheckboxField(label="Go on with what is missing")
    figures_as_typed = forms.CheckboxField(label="Go on with the figures as they are typed")

    def __init__(self, *args: Any, incomplete: bool, figures: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not incomplete:
            del self.fields["as_it_is"]
        if not figures:
            del self.fields["figures_as_typed"]

    def clean_what_changed(self) -> str:
        """It cannot be changed afterwards, so it has letters that print."""
        said = str(self.cleaned_data["what_changed"])
        for found in said_of("This", said):
            raise ValidationError(found)
        return said


class CompareForm(forms.FilterForm):
    """Which two versions to compare."""

    older = forms.SelectField(label="Compare")
    newer = forms.SelectField(label="With")

    def __init__(self, versions: Iterable[Version], **chosen: int) -> None:
        super().__init__(initial=chosen)
        names = [(version.seq, capital(version.name)) for version in versions]
        for field in self.fields.values():
            field.choices = names  # type: ignore[attr-defined]

    @staticmethod
    def chosen_in(query: QueryDict) -> tuple[int, int] | None:
        """The two numbers that the form sent; None for anything else."""
        sent = [query.get(name, "") for name in ("older", "newer")]
        if not all(each.isascii() and each.isdigit() and len(each) < 6 for each in sent):
            return None
        return int(sent[0]), int(sent[1])
