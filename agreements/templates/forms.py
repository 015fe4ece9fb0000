"""Forms of templates: what one is called, who may edit it, a clause of its draft."""

from __future__ import annotations

from typing import Any

from agreements.drafting.forms.text import ClauseForm
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from parties.models import Organisation, User


class DescribeForm(forms.Form):
    """How people find the template, and what they read before they choose it."""

    name = forms.LineField(label="Name", max_length=200)
    description = forms.TextField(label="Description", max_length=1_000, rows=4, required=False)


class LetEditForm(forms.Form):
    """By the address that they log in with. `user` is a colleague who has it, if one does: whether
    somebody of another organisation has, nobody is told."""

    email = forms.EmailField(
        label="E-mail address", help_text="The one they log in with. They may be of another party."
    )

    user: User | None = None

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        self.organisation = organisation

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        here = self.organisation.memberships.current()
        held = here.filter(user__email=email, user__is_active=True)
        membership = held.select_related("user__person").first()
        self.user = membership.user if membership else None
        return email


class TemplateClauseForm(ClauseForm):
    """One clause of a template. It is never "to be defined": a draft simply lacks it."""

    body = forms.TextField(label="Text", help_text=HOW_TO_MARK, rows=14, required=False)
    to_be_defined = None  # type: ignore[assignment]  # takes the field away
