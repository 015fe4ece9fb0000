"""Forms about somebody: their name, posts, roles and days away, their last day, their password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nhsuk import forms
from parties.forms.mailboxes import MailboxForm
from parties.models import Organisation, Role
from parties.offers import People, PersonField

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

    deputy = PersonField(
        label="Who stands in?",
        required=False,
        nothing="The deputy of each contact role",
        help_text="They get the e-mails of these days, which say for whom.",
    )

    def __init__(
        self, *args: Any, organisations: Sequence[Organisation], people: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["deputy"].offer(People(people))  # type: ignore[attr-defined]
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
