"""From the forms of a record to what the services take."""

from __future__ import annotations

from typing import Any

from django.forms import BaseFormSet

from commitments.choices import owner_from
from meetings.forms.recording import AccountForm, filled_in
from meetings.models import Series
from meetings.queries.sides import organisations_in, parties_in
from meetings.services.recording import Account, Agreed
from parties.models import Person


def account_of(form: AccountForm, rows: BaseFormSet[Any] | None, series: Series) -> Account:
    """Who came, notes and actions, as typed in valid forms."""
    organisations = {each.pk: each for each in organisations_in(series)}
    ticked = list(form.came)
    people = Person.objects.in_bulk([person for _, person in ticked])
    return Account(
        notes=form.cleaned_data["notes"],
        came=[(organisations[organisation], people[person]) for organisation, person in ticked],
        others=form.cleaned_data["others"],
        agreed=[agreed_from(each, series) for each in filled_in(rows)] if rows else [],
    )


def agreed_from(said: dict[str, Any], series: Series) -> Agreed:
    """An action as one row of the form has it."""
    owner, person = owner_from(said["owner"], parties_in(series))
    return Agreed(
        said["what"], owner, person=person, due_on=said["due_on"], details=said.get("details", "")
    )
