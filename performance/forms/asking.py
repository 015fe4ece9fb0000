"""Forms on which a key contact without an account asks something, or answers, by a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from agreements.models import Party
from nhsuk import forms
from performance.forms.recording import HINTS, PLAIN
from performance.models import Request

ACKNOWLEDGE, NEWS, ANSWER = "acknowledge", "news", "answer"


class AskForm(forms.Form):
    """What is asked, of whom. It is received when it is sent."""

    kind = forms.RadioField(
        label="What is it", choices=PLAIN, widget=forms.Radios(hints=HINTS),
        error_messages={"required": "Choose what it is"},
    )  # fmt: skip
    subject = forms.LineField(label="What is asked, in one line", max_length=200)
    details = forms.TextField(
        label="Details (optional)", rows=5, max_length=5_000, required=False,
        help_text="The parties read this. Name no patient.",
    )  # fmt: skip
    asked_of = forms.PickField(
        label="Who is asked", error_messages={"required": "Choose who is asked"}
    )
    mark_optional = False

    def __init__(self, *args: Any, others: Sequence[Party], **more: Any) -> None:
        super().__init__(*args, **more)
        self.others = others
        field: Any = self.fields["asked_of"]
        field.offer([(str(party.pk), party.name) for party in others])
        if len(others) == 1:
            field.initial = str(others[0].pk)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        by = {str(party.pk): party for party in self.others}
        said["asked_of"] = by.get(said.get("asked_of") or "")
        return said


class ByLinkForm(forms.Form):
    """What a key contact without an account says of a request: one of three things."""

    what = forms.RadioField(label="What do you want to say", error_messages={
        "required": "Choose what you want to say"})  # fmt: skip
    until = forms.DateField(
        label="Day on which the answer will be there, or the next news", required=False,
        help_text="Leave it empty if this is the answer.",
    )  # fmt: skip
    text = forms.TextField(
        label="Your words", help_text="The parties read this. Name no patient.", rows=4,
        max_length=5_000, required=False,
    )  # fmt: skip
    mark_optional = False
    CHOICES: Final = {
        ACKNOWLEDGE: "We have it, and say when the answer will be there",
        NEWS: "How far it is, and when the next news comes",
        ANSWER: "Here is the answer",
    }

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["what"]
        taken = {ACKNOWLEDGE} if request.acknowledged_on else set()
        field.choices = [each for each in self.CHOICES.items() if each[0] not in taken]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        what = said.get("what")
        if what in (ACKNOWLEDGE, NEWS) and not said.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day of the answer, or of the next news")
        if what in (NEWS, ANSWER) and not said.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter your words")
        return said
