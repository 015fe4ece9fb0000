"""The forms about a practice concern. What is typed is asked about where it looks like a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.models import Party
from escalations.concerns.asking import NO_NAMES, odd_in
from escalations.models import ConcernAction, PracticeConcern
from escalations.rules.between import offered
from house import clock
from nhsuk import forms
from parties.models import Organisation, Person
from parties.offers import OrganisationField, Organisations, People, PersonField

YES_OR_NO = [("yes", "Yes"), ("no", "No")]
LONGEST = 5_000


class AsksAboutNames(forms.AsksFirst):
    """Asks once about what looks like somebody's name or an NHS number, in all that was typed."""

    # What the practice is called, which is no performer's name.
    practice_called = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_it_is"].label = "This names no performer, member of staff or patient"
        if not self.is_bound:
            self.ask_about([])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        typed = "\n".join(str(said.get(name) or "") for name in self.asked_about)
        self.ask_about(odd_in(typed, exempt=self.practice_called))
        said.pop("as_it_is", None)
        return said

    @property
    def asked_about(self) -> list[str]:
        return [
            name for name, field in self.fields.items()
            if isinstance(field, forms.TextField | forms.LineField)
        ]  # fmt: skip


class OpenConcernForm(AsksAboutNames):
    practice = OrganisationField(
        label="Practice", help_text="Leave this empty if the practice is not here.", required=False
    )
    practice_name = forms.LineField(
        label="Practice in words", help_text="Only where it is not in the list.", required=False
    )
    source = forms.RadioField(
        label="Where it comes from",
        choices=PracticeConcern.Source.choices,
        error_messages={"required": "Choose where it comes from"},
    )
    severity = forms.RadioField(
        label="How serious it is",
        choices=PracticeConcern.Severity.choices,
        error_messages={"required": "Choose how serious it is"},
    )
    known = forms.TextField(
        label="What is known",
        help_text=f"Facts, dates and where they come from. {NO_NAMES}",
        rows=8,
        max_length=LONGEST,
        error_messages={"required": "Say what is known"},
    )
    risk = forms.RadioField(
        choices=YES_OR_NO, error_messages={"required": "Say whether services are at risk"}
    )
    at_risk = forms.PickSeveralField(
        label="Whose services are at risk",
        help_text="The parties that commission them. Choose none if none are.",
        required=False,
    )
    gap = forms.RadioField(
        label="Is there a gap in what the contract delivers?",
        choices=YES_OR_NO,
        error_messages={"required": "Say whether there is a gap"},
    )
    commissioner = OrganisationField(
        label="Which commissioner is told of the gap", help_text="Only for a gap.", required=False
    )
    commissioner_name = forms.LineField(
        label="Commissioner in words", help_text="Only where it is not in the list.", required=False
    )

    field_order = (
        "practice", "practice_name", "source", "severity", "known", "risk", "at_risk", "gap",
        "commissioner", "commissioner_name", "as_it_is",
    )  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = Organisation.Kind
        fields: Any = self.fields
        practices = Organisation.objects.filter(kind=kinds.PRACTICE)
        fields["practice"].offer(Organisations(practices))
        fields["commissioner"].offer(Organisations(Organisation.objects.exclude(kind=kinds.PRACTICE)))
        self.others = others
        if len(others) == 1:
            del self.fields["at_risk"]
            fields["risk"].label = f"Are services at risk that {others[0].name} commissions?"
        else:
            del self.fields["risk"]
            fields["at_risk"].offer(offered(others))

    @property
    def asked_about(self) -> list[str]:
        """What a practice or a commissioner is called is no performer's name."""
        return ["known"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        practice, words = said.get("practice"), said.get("practice_name")
        self.practice_called = f"{practice.name if practice else ''} {words or ''}"
        if "practice" in said and "practice_name" in said and bool(practice) == bool(words):
            error = "Choose the practice, or name it in words" if not practice else (
                "Name the practice in one of the two ways"
            )  # fmt: skip
            self.add_error("practice" if not practice else "practice_name", error)
        return self._as_said(super().clean())

    def _as_said(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the service takes: the parties whose services are at risk, and whether there is a
        gap."""
        keys = said.pop("at_risk", None) or []
        if said.pop("risk", "") == "yes":
            keys = ["all"]
        said["at_risk"] = [p for p in self.others if "all" in keys or p.key in keys]
        said["has_gap"] = said.pop("gap", "") == "yes"
        if not said["has_gap"]:
            said["commissioner"], said["commissioner_name"] = None, ""
        return said


class OfConcernForm(AsksAboutNames):
    """A form about a concern that is there: its practice may be called by its name."""

    def __init__(self, *args: Any, concern: PracticeConcern, **options: Any) -> None:
        self.practice_called = concern.about
        super().__init__(*args, **options)


class NoteMoreForm(OfConcernForm):
    text = forms.TextField(
        label="What is known now",
        help_text=f"It cannot be changed later. {NO_NAMES}",
        rows=6,
        max_length=LONGEST,
        error_messages={"required": "Say what is known"},
    )

    field_order = ("text", "as_it_is")


class DecideForm(OfConcernForm):
    """Whether other parties are told, and why (A22)."""

    decision = forms.RadioField(
        label="Is it legitimate and appropriate to tell another party?",
        choices=[("share", "Yes, share it"), ("keep", "No, not for now")],
        error_messages={"required": "Choose whether it is shared"},
    )
    parties = forms.PickSeveralField(
        label="Share it with", help_text="Only if it is shared.", required=False
    )
    because = forms.TextField(
        label="Why",
        help_text=f"The reason stands in the record. All who read the concern read it. {NO_NAMES}",
        rows=5,
        max_length=LONGEST,
        error_messages={"required": "Give the reason"},
    )

    field_order = ("decision", "parties", "because", "as_it_is")

    def __init__(self, *args: Any, others: Sequence[Party], may_keep: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        self.others = others
        if not may_keep:
            del self.fields["decision"]
        if len(others) == 1:
            del self.fields["parties"]
        else:
            fields["parties"].offer(offered(others))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        shares = said.setdefault("decision", "share") == "share"
        keys = said.pop("parties", None) or []
        every = len(self.others) == 1 or "all" in keys
        said["parties"] = [p for p in self.others if shares and (every or p.key in keys)]
        if shares and not said["parties"]:
            self.add_error("parties", "Choose with whom it is shared")
        return said


class TakeBackForm(OfConcernForm):
    parties = forms.PickSeveralField(
        label="Who reads it no more", error_messages={"required": "Choose a party"}
    )
    because = forms.TextField(
        label="Why it is shared no longer", help_text=NO_NAMES, rows=5, max_length=LONGEST
    )

    field_order = ("parties", "because", "as_it_is")

    def __init__(self, *args: Any, readers: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        self.readers = readers
        if len(readers) == 1:
            del self.fields["parties"]
        else:
            fields["parties"].offer(offered(readers))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        keys = said.pop("parties", None) or []
        every = len(self.readers) == 1 or "all" in keys
        return said | {"parties": [p for p in self.readers if every or p.key in keys]}


class ReaderForm(forms.Form):
    person = PersonField(label="Who may read it", error_messages={"required": "Choose somebody"})

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["person"]
        field.offer(people)


def _who_sees_to_it() -> PersonField:
    return PersonField(
        label="Who sees to it",
        help_text="They are reminded. They have to read the concern already.",
        required=False,
    )


class NewActionForm(OfConcernForm):
    what = forms.LineField(
        label="What is to be done",
        help_text=f"Also by somebody outside, such as the contractor. {NO_NAMES}",
        max_length=300,
    )
    due_on = forms.DateField(label="By when", help_text="For example, 31 3 2015", required=False)
    sees_to_it = _who_sees_to_it()

    field_order = ("what", "due_on", "sees_to_it", "as_it_is")

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["sees_to_it"]
        field.offer(people)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return said | {"sees_to_it": user_of(said.get("sees_to_it"))}


class PlanActionForm(forms.Form):
    due_on = forms.DateField(label="By when", help_text="For example, 31 3 2015", required=False)
    sees_to_it = _who_sees_to_it()

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["sees_to_it"]
        field.offer(people)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        return said | {"sees_to_it": user_of(said.get("sees_to_it"))}


class CloseActionForm(OfConcernForm):
    as_what = forms.RadioField(
        label="What became of it",
        choices=[
            (ConcernAction.State.DONE.value, "It is done"),
            (ConcernAction.State.DROPPED.value, "It is dropped"),
        ],
        error_messages={"required": "Choose what became of it"},
    )
    done_on = forms.DateField(
        label="Day on which it was done", help_text="Only if it is done.", required=False
    )
    evidence = forms.TextField(
        label="How that is known, or why it is dropped",
        help_text=f"For example a letter and its date. {NO_NAMES}",
        rows=4,
        max_length=2_000,
        error_messages={"required": "Say how that is known, or why it is dropped"},
    )

    field_order = ("as_what", "done_on", "evidence", "as_it_is")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        is_done = said.get("as_what") == ConcernAction.State.DONE
        if is_done and "done_on" in said and not said["done_on"]:
            self.add_error("done_on", "Enter the day on which it was done")
        elif is_done and said.get("done_on") and said["done_on"] > clock.today():
            self.add_error("done_on", "The day is still to come")
        return said


class CloseForm(OfConcernForm):
    outcome = forms.TextField(
        label="What came of it",
        help_text=f"All who read the concern read it. {NO_NAMES}",
        rows=6,
        max_length=2_400,
        error_messages={"required": "Say what came of it"},
    )
    open_because = forms.TextField(
        label="Why it is closed with open actions", rows=4, max_length=2_400
    )

    field_order = ("outcome", "open_because", "as_it_is")

    def __init__(self, *args: Any, open_actions: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if not open_actions:
            del self.fields["open_because"]


class ErrorForm(OfConcernForm):
    because = forms.TextField(
        label="What was wrong", help_text=NO_NAMES, rows=4, max_length=500
    )

    field_order = ("because", "as_it_is")


class ReadByLinkForm(forms.Form):
    text = forms.TextField(
        label="What you want to say about it",
        help_text=f"Whoever reads the concern reads it. {NO_NAMES}",
        rows=4,
        max_length=2_000,
        required=False,
    )


class ConcernFilter(forms.FilterForm):
    state = forms.SelectField(
        label="State", choices=[("", "Open"), ("closed", "Closed"), ("all", "All")]
    )


def user_of(person: Person | None) -> Any:
    """Their account: whoever reads a concern has one."""
    return getattr(person, "user", None)
