from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import CharField, HiddenInput

from house.refusals import Refused
from nhsuk import forms
from nhsuk.words import and_list
from parties.models import Body, Organisation, Person, Role, Seat, Team
from parties.offers import People, PersonField
from parties.services.knowing import MailboxShared
from parties.services.lists import sentences_of
from parties.services.uploading import SOMEBODY_ELSE, Meaning

ROLE_HINTS = {
    Role.VIEWER: "Reads everything the organisation has here.",
    Role.EDITOR: "Drafts and records.",
    Role.MANAGER: "Sends versions for approval, records approvals, keeps the templates.",
    Role.SIGNATORY: "Signs for the organisation.",
    Role.SECRETARY: "Looks after the papers and meetings of its bodies.",
    Role.ADMINISTRATOR: "Looks after people, roles, teams and bodies.",
}


def roles_field(**options: Any) -> forms.ChecklistField:
    return forms.ChecklistField(
        label="Roles", choices=Role.choices, widget=forms.Checkboxes(hints=ROLE_HINTS), **options
    )


class OrganisationFilter(forms.FilterForm):
    text = forms.LineField(label="Name or ODS code", max_length=120)
    kind = forms.SelectField(label="Kind", choices=[("", "All kinds"), *Organisation.Kind.choices])


class NameForm(forms.Form):
    name = forms.LineField(label="Name", max_length=200)
    address = forms.TextField(label="Address", max_length=500, rows=4, required=False)
    starts_on = forms.DateField(
        label="From which day?",
        help_text="The name before stays in what was signed under it. For example, 1 4 2014",
        error_messages={"required": "Enter the day from which this holds"},
    )


class MailboxForm(forms.Form):
    """A form with an address that may be shared: it asks only where others have it already."""

    shares_label = "They are different people, who share this mailbox"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.add_prefix("shares") in self.data:
            self._ask_who()

    def add_refusal(self, refusal: Refused) -> None:
        super().add_refusal(refusal)
        if isinstance(refusal, MailboxShared):
            self._ask_who(behind=refusal.field or "")

    def _ask_who(self, behind: str = "email") -> None:
        """Behind the address in doubt, where the form has it so."""
        names = [name for name in self.fields if name != "shares"]
        self.fields["shares"] = forms.CheckboxField(label=self.shares_label, required=False)
        at = names.index(behind) + 1 if behind in names else len(names)
        self.order_fields([*names[:at], "shares", *names[at:]])


class PersonForm(MailboxForm):
    name = forms.LineField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", required=False)


class NewPersonForm(PersonForm):
    title = forms.LineField(
        label="Post", max_length=120, help_text="For example, Accountable Officer."
    )
    roles = roles_field(
        required=False,
        help_text="Whoever has a role needs an account: we send an invitation by e-mail.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("roles") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter an e-mail address: the invitation goes there")
        return cleaned


class PostForm(forms.Form):
    title = forms.LineField(label="Post", max_length=120)
    starts_on = forms.DateField(label="From", required=False, help_text="Empty means today.")


class LastDayForm(forms.Form):
    last_day = forms.DateField(label="Last day", help_text="For example, 30 9 2014")


class LeaveForm(LastDayForm):
    """Somebody's last day, and who takes over what they hold in agreements."""

    successor = PersonField(
        label="Who takes over?",
        required=False,
        nothing="Nobody yet: what they hold falls vacant",
        help_text="They become key contact in the place of who leaves, from today.",
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].offer(People(people))  # type: ignore[attr-defined]


class AwayForm(forms.Form):
    """Days away, both included. Whoever belongs to several organisations says from which."""

    starts_on = forms.DateField(
        label="First day away",
        help_text="For example, 3 9 2014",
        error_messages={"required": "Enter the first day away"},
    )
    ends_on = forms.DateField(
        label="Last day away",
        help_text="If you do not know yet, enter a likely day and change it later.",
        error_messages={"required": "Enter the last day away"},
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(organisations) > 1:
            choices = [(str(each.pk), each.name) for each in organisations]
            self.fields["of"] = forms.ChecklistField(
                label="Away from",
                choices=choices,
                initial=[value for value, _ in choices],
                error_messages={"required": "Choose at least one organisation"},
            )


class RolesForm(forms.Form):
    roles = roles_field(required=False)


class TeamForm(forms.Form):
    name = forms.LineField(label="Name", max_length=120)
    purpose = forms.RadioField(label="What it is for", choices=Team.Purpose.choices)
    address = forms.EmailField(label="Shared e-mail address")


class BodyForm(forms.Form):
    name = forms.LineField(label="Name", max_length=160)
    kind = forms.RadioField(label="Kind", choices=Body.Kind.choices)


class MemberForm(forms.Form):
    """Somebody of the organisation."""

    person = PersonField(label="Person")

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].offer(People(people))  # type: ignore[attr-defined]


class HolderForm(MemberForm):
    person = PersonField(
        label="Who holds it?",
        required=False,
        nothing="Nobody: the seat is vacant",
    )


class SeatForm(HolderForm):
    kind = forms.RadioField(label="Kind of seat", choices=Seat.Kind.choices)
    voting = forms.CheckboxField(label="May vote", required=False, initial=True)


class UploadForm(forms.Form):
    file = forms.UploadField(
        label="File",
        accept=".xlsx,.csv,.txt,.tsv",
        help_text="An Excel or CSV file, or text with tabs, at most 20 MB.",
    )

    def add_refusal(self, refusal: Refused) -> None:
        for sentence in sentences_of(refusal):
            self.add_error("file", sentence)
        self.take_moment(refusal)


class TakeListForm(forms.Form):
    """Whether a list is right, and who somebody is whose address others have already.

    `kept` is the list, to be taken with the next press, or what was sent with that.
    """

    list = CharField(widget=HiddenInput)

    def __init__(self, asked: Sequence[Meaning], kept: Any) -> None:
        first = isinstance(kept, str)
        super().__init__(None if first else kept, initial={"list": kept} if first else None)
        self.asked = asked
        for each in asked:
            same = [(str(p.pk), f"The same person as {p.name}") for p in each.others]
            self.fields[f"meant-{each.line.row}"] = forms.RadioField(
                label=f"Row {each.line.row}: who is {each.line.name}?",
                help_text=f"{and_list(p.name for p in each.others)} has {each.line.email} already.",
                choices=[*same, (SOMEBODY_ELSE, "Somebody else: they share this mailbox")],
                error_messages={"required": f"Say who {each.line.name} is"},
            )

    @property
    def meant(self) -> dict[int, str]:
        """By row, who was chosen."""
        rows = [each.line.row for each in self.asked]
        return {row: self.cleaned_data[f"meant-{row}"] for row in rows}


class PasswordForm(forms.Form):
    """A password for a new account, typed twice; the service judges how good it is."""

    password = forms.PasswordField(
        label="Password",
        autocomplete="new-password",
        help_text="At least 12 characters. Three random words make a good one.",
    )
    again = forms.PasswordField(label="Password again", autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("again") and cleaned.get("password") != cleaned["again"]:
            self.add_error("again", "Enter the same password twice")
        return cleaned
