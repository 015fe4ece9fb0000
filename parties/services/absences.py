"""When somebody is away from an organisation: mail for their contact roles goes to their deputies.

It is said by themselves, or by an administrator of that organisation, and says nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Absence, Organisation, Person, Role

# Whoever is away for longer says it again, or somebody follows them.
LONGEST = timedelta(days=366)


def say_away(
    *,
    by: Acting,
    person: Person,
    starts_on: date,
    ends_on: date,
    organisations: Iterable[Organisation] = (),
    deputy: Person | None = None,
) -> list[Absence]:
    """Keeps that a person is away from one day to another, both included.

    `organisations` are those that they say it of themselves for; none means the one acted for, and
    an administrator says it for no other. `deputy` stands in on these days. Raises Refused for days
    that are over, that are too many, where they are away already, and for a deputy who is not of
    each organisation.
    """
    of = list(organisations) or [by.on_behalf_of]
    for organisation in of:
        _must_be_theirs(by, person, organisation)
    _check_days(starts_on, ends_on)
    _check_deputy(person, deputy, of)
    with transaction.atomic():
        person = lock(person)
        _must_be_free(person, of, starts_on, ends_on)
        said = [
            Absence.objects.create(
                person=person,
                organisation=each,
                starts_on=starts_on,
                ends_on=ends_on,
                deputy=deputy,
            )
            for each in of
        ]
        for absence in said:
            record(by, "is away", absence, person=person.pk)
    return said


def _check_deputy(person: Person, deputy: Person | None, of: list[Organisation]) -> None:
    if deputy == person:
        raise Refused("Choose somebody else to stand in.", field="deputy")
    for organisation in of if deputy else ():
        if not Person.objects.of(organisation.pk).filter(pk=deputy.pk).exists():  # type: ignore[union-attr]
            raise Refused(f"{deputy} is nobody of {organisation}.", field="deputy")


def _must_be_free(person: Person, of: list[Organisation], starts_on: date, ends_on: date) -> None:
    overlaps = (Q(ends_on=None) | Q(ends_on__gte=starts_on)) & Q(starts_on__lte=ends_on)
    there = Q(organisation__in=of) | Q(organisation=None)
    if Absence.objects.filter(overlaps & there, person=person).exists():
        raise Refused("These days are entered already. Change or end what is there first.")


def end_absence(*, by: Acting, absence: Absence) -> None:
    """The person is back from today on; an absence to come is called off."""
    _must_be_theirs(by, absence.person, absence.organisation)
    with transaction.atomic():
        lock(absence.person)
        absence = lock(absence)
        yesterday = clock.today() - timedelta(days=1)
        if absence.ends_on and absence.ends_on <= yesterday:
            raise Refused("This absence is over already.")
        record(by, "is back", absence, person=absence.person_id)
        if absence.starts_on and absence.starts_on > yesterday:
            # It has had no effect on any e-mail; the history keeps that it was planned.
            absence.delete()
            return
        absence.ends_on = yesterday
        absence.save(update_fields=["ends_on"])


def _must_be_theirs(by: Acting, person: Person, organisation: Organisation | None) -> None:
    """Their own to say; of one organisation its administrator's too, of no other's."""
    own = getattr(by.user, "person_id", None) == person.pk
    belong = {each.pk for each in by.choices} | {by.organisation_id}
    if own and (organisation is None or organisation.pk in belong):
        return
    theirs = organisation is None or organisation.pk == by.organisation_id
    people = Person.objects.of(by.organisation_id or 0)
    if not (theirs and by.has(Role.ADMINISTRATOR) and people.filter(pk=person.pk).exists()):
        raise NotYours("Only they, or an administrator of their organisation, may say this.")


def _check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused("The last day is before the first day.", field="ends_on")
    if ends_on < clock.today():
        raise Refused("These days are over. Enter days from today on.", field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise Refused("Enter a last day within a year of the first.", field="ends_on")
