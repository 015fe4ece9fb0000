"""The forms of a disagreement: one for each thing that a person does, and what narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms

from agreements.terms import Level
from escalations.models import Disagreement
from escalations.rules.levels import skipped
from nhsuk import forms
from nhsuk.offers import Choices
from parties.forms.mailboxes import MailboxForm

NAME_NOBODY = "Do not name a practice or a person."
NO_PATIENTS = "Do not write anything about a patient."
LONGEST = 5_000


class WantedForm(forms.Form):
    text = forms.TextField(
        label="What we want",
        help_text=f"All sides read it. {NO_PATIENTS}",
        rows=8,
        max_length=LONGEST,
        error_messages={"required": "Say what your side wants"},
    )


class NoteForm(forms.Form):
    text = forms.TextField(label="Note", help_text=NO_PATIENTS, rows=6, max_length=LONGEST)
    seen_by = forms.RadioField(
        label="Who sees it",
        error_messages={"required": "Choose who sees the note"},
    )

    def __init__(self, *args: Any, own: str, all_sides: str) -> None:
        super().__init__(*args)
        field: Any = self.fields["seen_by"]
        field.choices = [("own", f"Only {own}. You can share it later"), ("all", all_sides)]


class ConfirmForm(forms.Form):
    """Carries the level that the page showed: somebody may take it on meanwhile. It has nothing to
    fill in; the page shows what pressing the button means."""

    at_level = django_forms.CharField(widget=django_forms.HiddenInput, max_length=40)


class ProposeForm(ConfirmForm):
    text = forms.TextField(
        label="Proposal",
        help_text=f"What all sides would agree on. It can stand as what was agreed. {NO_PATIENTS}",
        rows=8,
        max_length=LONGEST,
    )


class TakeUpForm(ConfirmForm):
    """Where to, why, and why a level is left out, if one is."""

    target = forms.RadioField(label="Take it to", error_messages={"required": "Choose a level"})
    because = forms.TextField(
        label="Why it cannot be settled at this level",
        rows=5,
        max_length=LONGEST,
        error_messages={"required": "Say why it cannot be settled at this level"},
    )
    skipped_because = forms.TextField(
        label="Why a level is left out",
        help_text="Only where you leave one out. It is recorded as left out.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, disagreement: Disagreement, targets: Sequence[Level]) -> None:
        first = targets[0].key if targets else ""
        super().__init__(*args, initial={"at_level": disagreement.level, "target": first})
        self.disagreement = disagreement
        field: Any = self.fields["target"]
        field.choices = [(level.key, self._choice(level)) for level in targets]
        if not any(self._leaves_out(level) for level in targets):
            del self.fields["skipped_because"]

    def _leaves_out(self, level: Level) -> list[Level]:
        return skipped(self.disagreement.terms, self.disagreement.level, level.key)

    def _choice(self, level: Level) -> str:
        names = ", ".join(f"“{each.label}”" for each in self._leaves_out(level))
        return f"{level.label} (leaves out {names})" if names else level.label


class AdviceForm(ConfirmForm):
    adviser = forms.LineField(
        label="Who was asked",
        help_text="For example, the local medical committee. The portal does not write to them.",
        error_messages={"required": "Enter who was asked"},
    )
    on = forms.DateField(label="When", help_text="For example, 3 9 2014")
    text = forms.TextField(
        label="What they were asked",
        help_text=NO_PATIENTS,
        rows=5,
        max_length=LONGEST,
        error_messages={"required": "Say what they were asked"},
    )


class AdviceAnswerForm(forms.Form):
    on = forms.DateField(label="When they answered", help_text="For example, 3 9 2014")
    text = forms.TextField(
        label="What they answered",
        help_text=NO_PATIENTS,
        rows=6,
        max_length=LONGEST,
        error_messages={"required": "Say what they answered"},
    )


class BecauseForm(forms.Form):
    because = forms.TextField(
        label="Why",
        rows=5,
        max_length=LONGEST,
        error_messages={"required": "Say why"},
    )


class WhoActsForm(MailboxForm):
    """Somebody of one's own organisation, or somebody new."""

    mark_optional = False

    person = forms.PickField(label="Who acts for us", required=False)
    name = forms.LineField(
        label="Or their name",
        help_text="Use this for somebody who is not in the list.",
        max_length=120,
        required=False,
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="They are told by e-mail. They need no account: you record what they decide.",
        required=False,
    )
    job_title = forms.LineField(label="Their job title", max_length=120, required=False)

    def __init__(self, *args: Any, people: Choices) -> None:
        super().__init__(*args)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        both = [said.get("person"), said.get("name")]
        if not any(both) and not self.errors:
            self.add_error("person", "Choose who acts for you, or enter their name")
        elif all(both):
            self.add_error("name", "Choose from the list or enter a name, not both")
        if said.get("name") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter their e-mail address, so that they can be told")
        return said


class DisagreementFilter(forms.FilterForm):
    """What narrows the list of disagreements."""

    state = forms.SelectField(
        label="State", choices=[("", "Open"), ("closed", "Closed"), ("all", "All")]
    )
    text = forms.LineField(label="Subject, party or reference", max_length=100)
