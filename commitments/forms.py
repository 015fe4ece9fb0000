from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms as django_forms

from agreements.core.choices import people_for_each
from agreements.models import Agreement, Party, read_parties
from commitments.models import Action
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from nhsuk.offers import Choices
from parties.acting import Acting
from parties.models import Person

OPEN = Action.State.OPEN


class ActionForm(forms.Form):
    """What has to be done, by whom, and by when."""

    what = forms.LineField(
        label="What has to be done", help_text="One line that begins with a verb.", max_length=200
    )
    owner = forms.PickField(
        label="Who takes it forward",
        help_text="Whoever you choose is told by e-mail.",
        error_messages={"required": "Choose who takes it forward"},
    )
    due_on = forms.DateField(label="Due date", help_text="For example, 3 9 2014", required=False)
    details = forms.TextField(
        label="Details",
        help_text=f"What somebody needs to know to do it. The parties read this. {HOW_TO_MARK}",
        rows=4,
        max_length=5_000,
        required=False,
    )

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].offer(owners)  # type: ignore[attr-defined]


class NewActionForm(ActionForm):
    # Made with the form: the same form sent twice makes one action.
    key = django_forms.UUIDField(widget=django_forms.HiddenInput, initial=uuid4)


class ChangeActionForm(ActionForm):
    """`edit_no` is the number of the action that the form was made from."""

    edit_no = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, action: Action, data: Any, owners: Choices) -> ChangeActionForm:
        """The form with the action as it is; whoever owns it now can be kept."""
        held = value_of(action.owner, action.person)
        if held not in dict(owners):
            owners = [*owners, (held, f"{action.person} ({action.owner.name})")]
        names = ("what", "details", "due_on", "edit_no")
        initial = {name: getattr(action, name) for name in names} | {"owner": held}
        return cls(data, owners=owners, initial=initial)


class ProgressForm(forms.Form):
    """How an action goes, and whether that closes it."""

    text = forms.TextField(
        label="What has happened",
        help_text="The parties read this. It cannot be changed afterwards.",
        rows=4,
        max_length=500,
        required=False,
    )
    state = forms.RadioField(
        label="Is it done?",
        choices=[
            (OPEN.value, "Not yet"),
            (Action.State.DONE.value, "Yes, it is done"),
            (Action.State.DROPPED.value, "It is no longer needed"),
        ],
        widget=forms.Radios(hints={Action.State.DROPPED.value: "Say above why it is dropped."}),
        error_messages={"required": "Say whether it is done"},
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("state") in {OPEN, Action.State.DROPPED} and not said.get("text"):
            dropped = said["state"] == Action.State.DROPPED
            sentence = "Say why it is no longer needed" if dropped else "Say what has happened"
            if "text" not in self.errors:
                self.add_error("text", sentence)
        return said


class ActionFilter(forms.FilterForm):
    """What narrows the list of actions."""

    whose = forms.SelectField(
        label="Whose",
        choices=[("", "Any"), ("mine", "Mine"), ("ours", "Our organisation"),
                 ("theirs", "The other parties")],
    )  # fmt: skip
    state = forms.SelectField(
        label="State",
        choices=[("", "Open"), ("overdue", "Late"), ("closed", "Closed"), ("all", "All")],
    )
    agreement = forms.LineField(label="Title or reference of the agreement", max_length=100)
    text = forms.LineField(label="Words", max_length=100)

    @property
    def noun(self) -> str:
        """ "open action": what the list counts."""
        kind = {"": "open ", "overdue": "late ", "closed": "closed ", "all": ""}
        return f"{kind.get(self.wanted.get('state', ''), '')}action"


def owners_of(agreements: Sequence[Agreement], acting: Acting) -> Choices:
    """Each party of these without a name yet, then its people whom the reader may see; of several
    agreements each says of which (five queries, for any number)."""
    read_parties(agreements)
    parties = [party for agreement in agreements for party in agreement.sides]
    people = people_for_each((party.organisation for party in parties), acting)
    found: Choices = []
    for party in parties:
        of = f", {party.agreement.reference}" if len(agreements) > 1 else ""
        found.append((value_of(party, None), f"{party.name}, nobody named yet{of}"))
        found += [
            (f"{party.pk}-{pk}", f"{name} ({party.name}){of}")
            for pk, name in people[party.organisation.pk]
        ]
    return found


def value_of(party: Party, person: Person | None) -> str:
    """What the form sends for an owner: the party, and behind a dash the person."""
    return f"{party.pk}-{person.pk}" if person else str(party.pk)
