"""Who is away, so that their deputy is asked."""

from __future__ import annotations

from house import clock
from parties.models import Absence, Person


def is_away(person: Person) -> bool:
    """Whether the person said that they are away today."""
    return Absence.objects.on(clock.today()).filter(person=person).exists()
