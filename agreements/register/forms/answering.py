"""What another party says of a registered copy."""

from __future__ import annotations

from nhsuk import forms


class AnswerForm(forms.Form):
    """What another party says of a registered copy."""

    answer = forms.RadioField(
        label="Is it right?",
        choices=[
            ("yes", "Yes, this is the MoU that we signed, and the dates are right"),
            ("no", "No, something is not right"),
        ],
        error_messages={"required": "Say whether the copy is right"},
    )
    reason = forms.TextField(
        label="What is not right", rows=3, max_length=500, required=False,
        help_text="Only if something is not right. The other party reads this.",
    )  # fmt: skip

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")
