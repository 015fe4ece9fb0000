"""Forms about teams and bodies, and who belongs to them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from nhsuk import forms
from parties.models import Body, Person, Seat, Team
from parties.offers import OrganisationField, Organisations, People, PersonField


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
    organisation = OrganisationField(
        label="For which organisation",
        help_text="Leave it empty for a seat of the committee itself, such as that of its chair. "
        "Another organisation names its own people: leave its seat vacant.",
        required=False,
        nothing="The committee itself",
    )

    def __init__(self, *args: Any, others: Organisations | None, **options: Any) -> None:
        """`others` are those that may have seats on a committee; None for any other body."""
        super().__init__(*args, **options)
        if others is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].offer(others)  # type: ignore[attr-defined]
