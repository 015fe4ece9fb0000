"""Deadlines as lines of the home page: the agreements that they are about, for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from agreements.core.with_whom import with_whom
from agreements.models import Agreement, read_parties
from deadlines.models import Concerned, Deadline
from house import clock
from parties.acting import Acting


@dataclass
class Told:
    """A deadline with its agreement and the other parties' names, as the reader sees them."""

    deadline: Deadline
    agreement: Agreement
    others: list[str] = field(default_factory=list)

    @property
    def with_whom(self) -> str:
        return with_whom(self.others)

    @property
    def is_due(self) -> bool:
        return self.deadline.due_on is not None and self.deadline.due_on <= clock.today()

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.agreement.reference, *more])


def told_of(deadlines: Sequence[Deadline], acting: Acting) -> dict[int, Told]:
    """Deadline id -> what is told of it; without those that the reader may not see (5 queries)."""
    concerned = Concerned.objects.filter(deadline__in=[deadline.pk for deadline in deadlines])
    of_deadline = dict(concerned.values_list("deadline_id", "reference"))
    visible = Agreement.objects.visible_to(acting).filter(reference__in=of_deadline.values())
    agreements = {agreement.reference: agreement for agreement in visible}
    read_parties(agreements.values())
    return {
        deadline.pk: Told(deadline, agreement, _others(agreement, acting))
        for deadline in deadlines
        if (agreement := agreements.get(of_deadline.get(deadline.pk, "")))
    }


def _others(agreement: Agreement, acting: Acting) -> list[str]:
    """The names of the parties that the reader does not act for."""
    return [p.name for p in agreement.sides if p.organisation.pk != acting.organisation_id]
