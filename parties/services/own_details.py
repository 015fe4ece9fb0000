"""What somebody says of themselves: their name and address, and when they are away.

The first by a link in an e-mail to them, without an account. While they are away, mail for their
contact roles goes to their deputies.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from audit.services import record, write_entry
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from house.tracked import history_user
from mail.services import queue_mail
from parties.acting import Acting
from parties.models import Absence, Person, Role
from parties.services.people import may_change_address


def change_own_details(*, person: Person, name: str, email: str) -> bool:
    """Keeps a person's own name and address. Returns whether either is new.

    The address that was left is told of it. Raises Refused for an empty name, for another
    person's address, and for a new address of somebody who logs in with theirs.
    """
    if not name:
        raise Refused("Enter your name.", field="name")
    with transaction.atomic():
        person = lock(person)
        before, email = person.email, email.lower()
        if email != before.lower():
            may_change_address(person, email)
        changed = [field for field, said in (("name", name), ("email", email))
                   if getattr(person, field).lower() != said.lower()]  # fmt: skip
        if not changed:
            return False
        person.name, person.email = name, email
        person.save(update_fields=["name", "email"])
        write_entry(
            actor=history_user(),
            organisation_id=None,
            verb="changed their own details",
            about=person,
            payload={"person": person.pk, "changed": changed},
        )
        if before and "email" in changed:
            at = clock.now().isoformat()
            queue_mail(
                kind="address_changed",
                address=before,
                context={"at": at},
                dedupe=f"address_changed:{person.pk}:{at}",
            )
    return True


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
