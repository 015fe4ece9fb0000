"""Forms of a template's draft: a clause, and its removal."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import QueryDict

from agreements.drafting.forms.text import ClauseForm
from agreements.templates.pages.text import ClausePage
from nhsuk import forms


class TemplateClauseForm(ClauseForm):
    """One clause of a template. It is never "to be defined": a draft simply lacks it."""

    to_be_defined = None  # type: ignore[assignment]  # takes the field away

    def __init__(self, data: Any = None, *, page: ClausePage) -> None:
        super().__init__(data, sides=page.sides, text=page.as_text)
        self.page = page
        self.fields["body"].help_text = (
            "Leave a line empty between paragraphs. Begin a line with - for a bullet, with 1. for "
            "a number. Write **words** for bold."
        )

    def over(self, edit_no: int) -> TemplateClauseForm:
        """The same with what was typed, now over the text of that number."""
        return TemplateClauseForm(_with_number(self.data, edit_no), page=self.page)

    def changes(self) -> dict[str, Any]:
        """The clause's fields as typed. Call it on a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_no"}


class RemoveTemplateClauseForm(forms.Form):
    """Removes the clause that was shown, not what somebody made of it since."""

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput, min_value=0, required=False
    )

    def over(self, edit_no: int) -> RemoveTemplateClauseForm:
        """The same errors over the text of that number."""
        form = RemoveTemplateClauseForm(_with_number(self.data, edit_no))
        for sentence in self.non_field_errors():
            form.add_error(None, sentence)
        return form


def _with_number(data: Any, edit_no: int) -> QueryDict:
    """What was sent, with the number of the text as it is now."""
    assert isinstance(data, QueryDict)  # noqa: S101 - what a request sends
    copy = data.copy()
    copy["edit_no"] = str(edit_no)
    return copy
