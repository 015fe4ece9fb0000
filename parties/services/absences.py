"""Somebody is away: mail for their contact roles goes to their deputies meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Absence, Person, Role
from parties.services.recording import record


def say_away(*, by: Acting, person: Person, starts_on: date, ends_on: date | None) -> Absence:
    """Keeps that a person is away from one day to another, both included; no end is open.

    They say it of themselves, or an administrator of their organisation for them. Raises Refused
    for days that are over, and where they are away already.
    """
    _must_be_theirs(by, person)
    _check_days(starts_on, ends_on)
    with transaction.atomic():
        person = lock(person)
        overlaps = Q(ends_on=None) | Q(ends_on__gte=starts_on)
        if ends_on:
            overlaps &= Q(starts_on__lte=ends_on)
        if Absence.objects.filter(overlaps, person=person).exists():
            raise Refused("These days are entered already. Change or end what is there first.")
        absence = Absence.objects.create(person=person, starts_on=starts_on, ends_on=ends_on)
        record(by, "is away", absence, person=person.pk)
    return absence


def end_absence(*, by: Acting, absence: Absence) -> None:
    """The person is back from today on; an absence to come is called off."""
    _must_be_theirs(by, absence.person)
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


def _must_be_theirs(by: Acting, person: Person) -> None:
    own = getattr(by.user, "person_id", None) == person.pk
    looked_after = by.has(Role.ADMINISTRATOR) and (
        Person.objects.of(by.organisation_id or 0).filter(pk=person.pk).exists()
    )
    if not own and not looked_after:
        raise NotYours("Only they, or an administrator of their organisation, may say this.")


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise Refused("The last day is before the first day.", field="ends_on")
    if ends_on and ends_on < clock.today():
        raise Refused("These days are over. Enter days from today on.", field="ends_on")
