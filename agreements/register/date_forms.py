"""What a signed MoU says of itself, as it is registered and as it is put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from agreements.models import RegisteredCopy
from agreements.register.facts import ASK, FUTURE, Facts, doubts, facts_of
from agreements.terms import Terms, first_review_on
from house import clock
from nhsuk import forms

AS_CALLED = "As its parties call it."
MOST_LINES = 100


class LinesOnPaper(forms.TextField):
    """What the paper says of several people, one on each line."""

    def clean(self, value: Any) -> str:
        lines = [line for each in str(super().clean(value)).splitlines() if (line := each.strip())]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Enter {MOST_LINES} lines or fewer. Here are {len(lines)}")
        return "\n".join(lines)


def on_paper(label: str, what: str) -> LinesOnPaper:
    hint = f"As the paper says it, one on each line: {what}."
    return LinesOnPaper(label=label, help_text=hint, rows=3, max_length=10_000, required=False)


class DatesForm(forms.Form):
    """The days of a signed MoU. What can hardly be meant is asked about, and nothing is dropped."""

    signed_on = forms.DateField(
        label="Date of sign-off",
        help_text="The day of the last signature. For example, 3 9 2013",
    )
    effective_on = forms.DateField(
        label="With effect from",
        help_text="Only if the MoU takes effect on another day than that of its sign-off.",
        required=False,
    )
    review_on = forms.DateField(label="Date of review", required=False)
    end_on = forms.DateField(
        label="Date on which it ends",
        help_text="Only if the MoU names a day.",
        required=False,
    )
    ends_when = forms.LineField(
        label="What ends it besides",
        help_text="Only if the MoU names an event. With a day too, what comes sooner ends it. For "
        "example: the plan is delivered",
        max_length=200,
        required=False,
    )
    approval_sought_on = forms.DateField(
        label="Date on which approval was sought",
        help_text="Only if the MoU or its papers name a day.",
        required=False,
    )
    who_signed = on_paper(
        "Who signed it", "the party, the name, the post, and the day if it says one"
    )
    who_approved = on_paper(
        "Who approved it", "the party, who approved it, the day, and where that is recorded"
    )
    other_days = on_paper(
        "Other days that it names",
        "what is due, and its day. For example: Action plan; 31 October 2017",
    )
    dates_are_right = forms.CheckboxField(label="The dates are right as they are", required=False)
    dates = (
        "signed_on", "effective_on", "review_on", "end_on", "ends_when", "approval_sought_on",
    )  # fmt: skip
    paper = ("who_signed", "who_approved", "other_days")
    in_doubt = False
    # By them the review follows where no date of it is named.
    terms: Terms

    @property
    def facts(self) -> Facts:
        said = self.cleaned_data
        named = {name: said[name] for name in (*self.dates, *self.paper) if name != "review_on"}
        return Facts(title=said["title"], review_on=self.review, **named)

    @property
    def review(self) -> date | None:
        """As typed, else as the terms count it; None where they say nothing of it."""
        said = self.cleaned_data
        typed: date | None = said["review_on"]
        if typed or self.terms.review is None:
            return typed
        return first_review_on(self.terms.review, said["effective_on"] or said["signed_on"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        if {"title", *self.dates, *self.paper} <= said.keys():
            found = {"signed_on": FUTURE} if said["signed_on"] > clock.today() else {}
            found |= {field: f"{each} {ASK}" for field, each in doubts(self.facts).items()}
            self.in_doubt = bool(found.keys() - {"signed_on"})
            for field, sentence in found.items():
                if field == "signed_on" or not said["dates_are_right"]:
                    self.add_error(field, sentence)
        return said

    def on_the_paper(self) -> list[BoundField]:
        return [self[name] for name in self.paper]

    def days(self) -> list[BoundField]:
        """For the page: the box to tick is shown where something was asked."""
        ticks = ["dates_are_right"] if self.in_doubt or "dates_are_right" in self.data else []
        return [self[name] for name in (*self.dates, *ticks)]


class CorrectForm(DatesForm):
    """What is registered, to be put right."""

    title = forms.LineField(label="Title", help_text=AS_CALLED)
    because = forms.TextField(
        label="What was wrong", help_text="All parties read this.", rows=3, max_length=500
    )
    # What the form was made over: who saved meanwhile is not overwritten unseen.
    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)
    mark_optional = True

    def __init__(self, copy: RegisteredCopy, terms: Terms, data: Any = None) -> None:
        self.terms, self.before = terms, facts_of(copy)
        names = ("title", *self.dates, *self.paper)
        initial = {name: getattr(self.before, name) for name in names}
        super().__init__(data, initial=initial | {"edit_no": copy.changes.count()})
        if copy.agreement.reviews.exists():
            # By now the parties set it at their reviews.
            self.fields["review_on"].disabled = True

    def shown(self) -> list[BoundField]:
        paper = self.on_the_paper()
        return [self["title"], *self.days(), *paper, self["because"], self["edit_no"]]
