"""Who is away, so that their deputy is asked."""

from __future__ import annotations

from django.db.models import Q

from house import clock
from nhsuk.dates import day
from parties.models import Absence, Person
from parties.reader import away


def is_away(person: Person) -> bool:
    """Whether the person said that they are away today."""
    return away([person.pk])[person.pk]


def absences_of(person: Person) -> list[Absence]:
    """Those of today and of the time to come, the next one first."""
    not_over = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    return list(Absence.objects.filter(not_over, person=person).order_by("starts_on", "pk"))


def away_in_words(person: Person | None) -> list[str]:
    """The same in words; nothing for an account that belongs to nobody."""
    return [in_words(absence) for absence in absences_of(person)] if person else []


def in_words(absence: Absence) -> str:
    """ "From 1 September 2014 to 5 September 2014", "From 1 September 2014, no end is set"."""
    end = f" to {day(absence.ends_on)}" if absence.ends_on else ", no end is set"
    return f"From {day(absence.starts_on)}{end}"
