"""Forms of what is done about a request."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from agreements.terms import Standard
from nhsuk import forms
from nhsuk.dates import day
from nhsuk.offers import Choices
from performance.models import Request

WHEN: Final = "Leave it empty for today."
READ: Final = "The parties read this. It cannot be changed afterwards."


def _on(label: str) -> Any:
    return forms.DateField(label=label, help_text=WHEN, required=False)


def _text(label: str, hint: str = READ, *, required: bool = False) -> Any:
    return forms.TextField(label=label, help_text=hint, rows=4, max_length=5_000, required=required)


class AcknowledgeForm(forms.Form):
    """It is there, and when the answer will be."""

    until = forms.DateField(
        label="Day on which the answer will be there",
        error_messages={"required": "Enter the day on which the answer will be there"},
    )
    on = _on("Day on which you acknowledged it")
    text = _text("What you said (optional)")
    mark_optional = False

    def __init__(self, *args: Any, standard: Standard | None, answer_by: date | None, **more: Any):
        """Where the standard counts the answer, a day of your own is no duty."""
        super().__init__(*args, **more)
        until = self.fields["until"]
        if standard and standard.answer_days:
            until.required = False
            until.label = "Day on which the answer will be there (optional)"
            until.help_text = (
                f"By the standard it is there by {day(answer_by)}." if answer_by else ""
            )


class NewsForm(forms.Form):
    """How far it is, and when the next news comes."""

    text = _text("How far it is", required=True)
    until = forms.DateField(
        label="Day of the answer, or of the next news",
        error_messages={"required": "Enter the day of the answer, or of the next news"},
    )
    on = _on("Day on which you said so")
    mark_optional = False

    def __init__(self, *args: Any, latest: date | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if latest:
            self.fields["until"].help_text = f"By the standard {day(latest)} at the latest."


class AnswerForm(forms.Form):
    """The answer was given."""

    on = _on("Day on which the answer was given")
    text = _text(
        "What was answered, or where it is (optional)",
        "The parties read this. Name no patient. It cannot be changed afterwards.",
    )
    mark_optional = False


class ExcludeForm(forms.Form):
    """Which exclusion of the standard it falls under, and why."""

    exclusion = forms.RadioField(
        label="What the standard leaves out",
        error_messages={"required": "Choose what the standard leaves out"},
    )
    because = _text("Why this falls under it", "The parties read this.", required=True)

    def __init__(self, *args: Any, standard: Standard, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["exclusion"]
        field.choices = [(each, each) for each in standard.exclusions]


class OnForm(forms.Form):
    """Something that happened on a day, with its words; `label` says what."""

    on = _on("Day on which that was")
    text = _text("What there is to say (optional)")
    mark_optional = False

    def __init__(self, *args: Any, label: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if label:
            self.fields["text"].label = label


class BecauseForm(forms.Form):
    """The same with a reason."""

    on = _on("Day on which that was")
    because = _text("Why", "The parties read this.", required=True)
    mark_optional = False

    def __init__(self, *args: Any, label: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["because"].label = label


class ExtendForm(BecauseForm):
    """To which day, and when whoever asked was told so."""

    until = forms.DateField(label="Day by which it is decided now")
    field_order = ["until", "on", "because"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].label = "Day on which you told whoever asked"


class TextForm(forms.Form):
    """A text that is needed."""

    def __init__(self, *args: Any, label: str, hint: str = READ, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"] = _text(label, hint, required=True)


class PersonForm(forms.Form):
    """Who answers it."""

    person = forms.PickField(
        label="Who answers it", nothing="Nobody by name: the MoU manager", required=False,
        help_text="They are told by e-mail.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["person"]
        field.offer(people)


class RequestFilter(forms.FilterForm):
    """What narrows the list of requests."""

    whose = forms.SelectField(
        label="Asked of", choices=[("", "Anybody"), ("ours", "Us"), ("theirs", "Others")]
    )
    state = forms.SelectField(
        label="State",
        choices=[("", "Open"), ("late", "Late now"), ("answered", "Answered"),
                 ("in_time", "Answered in time"), ("missed", "Late, ever"),
                 ("excluded", "Left out by the standard"), ("closed", "Closed"), ("all", "All")],
    )  # fmt: skip
    kind = forms.SelectField(label="Kind", choices=[("", "Any"), *Request.Kind.choices])
    agreement = forms.LineField(label="Title or reference of the agreement", max_length=100)
    text = forms.LineField(label="Words", max_length=100)

    @property
    def noun(self) -> str:
        """ "open request": what the list counts."""
        states = {"": "open ", "late": "late ", "answered": "answered ", "excluded": "excluded ",
                  "closed": "closed ", "in_time": "answered ", "missed": "late "}  # fmt: skip
        return f"{states.get(self.wanted.get('state', ''), '')}request"
