"""Feedback to one practice: chosen from the list, or its name and address."""

from __future__ import annotations

from typing import Any

from communications.heads_ups.queries.agreements import practices
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from parties.offers import OrganisationField


class FeedbackForm(forms.Form):
    practice = OrganisationField(
        label="Practice", help_text="Leave this empty if the practice is not here.", required=False
    )
    practice_name = forms.LineField(
        label="Practice in words", help_text="Only where it is not in the list.", required=False
    )
    address = forms.EmailField(
        label="Its e-mail address",
        help_text="Needed where the practice is no party to this MoU.",
        required=False,
    )
    title = forms.LineField(label="Title", help_text="It stands in no e-mail.")
    text = forms.TextField(
        label="What you tell them",
        help_text=f"{HOW_TO_MARK} Name no patient.",
        rows=10,
        error_messages={"required": "Enter what you tell them"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["practice"]
        field.offer(practices())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "practice" in cleaned and bool(cleaned["practice"]) == bool(
            cleaned.get("practice_name")
        ):
            both = cleaned["practice"] is not None
            self.add_error(
                "practice",
                "Choose a practice or write its name, not both" if both else "Say which practice",
            )
        return cleaned
