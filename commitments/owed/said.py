"""What somebody says of a commitment: when it is owed, and who takes it forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.core.choices import people_of
from agreements.models import Party
from commitments.models import Commitment
from house.refusals import Refused
from parties.models import Organisation, Person, Team

Cadence = Commitment.Cadence


@dataclass(frozen=True)
class When:
    """How often it is owed, or by which day; with neither it is standing."""

    cadence: str = Cadence.STANDING
    per_year: int | None = None
    due_on: date | None = None
    by_timetable: bool = False
    by_financial_year: bool = False

    def check(self) -> None:
        """Raises Refused for what does not fit together."""
        if self.cadence == Cadence.ONCE and self.due_on is None:
            raise Refused("Enter the day by which it is owed.", field="due_on")
        if self.cadence == Cadence.N_A_YEAR and self.per_year is None:
            raise Refused("Enter the number in each year.", field="per_year")

    @property
    def fields(self) -> dict[str, Any]:
        """As the row holds it, without what belongs to another cadence."""
        recurs = self.cadence not in {Cadence.STANDING, Cadence.ONCE}
        return {
            "cadence": self.cadence,
            "per_year": self.per_year if self.cadence == Cadence.N_A_YEAR else None,
            "due_on": self.due_on if self.cadence == Cadence.ONCE else None,
            "by_timetable": self.by_timetable and recurs,
            "by_financial_year": self.by_financial_year and recurs,
        }


@dataclass(frozen=True)
class Lead:
    """Who takes it forward for the party that owes it; nobody: its MoU manager."""

    person: Person | None = None
    team: Team | None = None

    @classmethod
    def called(cls, kind: str, pk: int) -> Lead:
        """The person or team with this id. Raises Refused where there is none."""
        try:
            if kind == "team":
                return cls(team=Team.objects.get(pk=pk))
            return cls(person=Person.objects.get(pk=pk))
        except (Person.DoesNotExist, Team.DoesNotExist):
            raise Refused("Choose somebody of the party that owes it.", field="lead") from None

    def check(self, owing: Party | None) -> None:
        """Raises Refused for somebody of another organisation."""
        organisation = owing.organisation if owing else None
        if self.person and not (organisation and _works_for(self.person, organisation)):
            raise Refused("Choose somebody of the party that owes it.", field="lead")
        if self.team and (organisation is None or self.team.organisation_id != organisation.pk):
            raise Refused("Choose a team of the party that owes it.", field="lead")


def _works_for(person: Person, organisation: Organisation) -> bool:
    return people_of(organisation).filter(pk=person.pk).exists()
