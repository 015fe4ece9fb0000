"""A row of a person that former releases tied to several organisations becomes one for each.

They looked for a person by the address alone, so two organisations hold one row and neither may
correct it. Two rows for one human being harm nobody; whoever is both says so by accepting an
invitation (record 0032), and has a membership in each: such a row stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from audit.services import record
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Absence, Invitation, Membership, Organisation, Person
from parties.services.joining import hand_over
from parties.services.people import TIES, Joining
from parties.who import SUPERUSERS


def tied_to_several(people: Iterable[int] | None = None) -> dict[int, list[int]]:
    """Person -> the organisations that get a row of their own (four queries).

    The row stays with those in which its account has or had a role, else with the one that tied it
    first. `people` narrows it to these.
    """
    tied: dict[int, dict[int, bool]] = {}
    for model, who, where in TIES:
        rows = model.objects.filter(**{f"{who}__isnull": False})
        if people is not None:
            rows = rows.filter(**{f"{who}__in": list(people)})
        for person, organisation in rows.order_by("pk").values_list(who, where):
            by_role = tied.setdefault(person, {})
            by_role[organisation] = by_role.get(organisation, False) or model is Membership
    split = {person: _without_those_that_keep_it(by_role) for person, by_role in tied.items()}
    return {person: organisations for person, organisations in split.items() if organisations}


def _without_those_that_keep_it(by_role: dict[int, bool]) -> list[int]:
    keep = [pk for pk, has_role in by_role.items() if has_role] or list(by_role)[:1]
    return [pk for pk in by_role if pk not in keep]


def split_person(*, by: Acting, person: Person) -> list[Person]:
    """Gives each other organisation a row of its own, with what it gave to this one.

    Name and address are as they were, and what was signed or decided stays as it was. Raises
    Refused for somebody who is tied to one organisation alone.
    """
    if not SUPERUSERS.includes(by):
        raise NotYours("Only a system administrator may divide the row of a person.")
    with transaction.atomic():
        person = lock(person)
        others = tied_to_several([person.pk]).get(person.pk, [])
        if not others:
            raise Refused(f"{person} belongs to one organisation, or took a role in each.")
        return [_split_off(by, person, each) for each in Organisation.objects.filter(pk__in=others)]


def _split_off(by: Acting, person: Person, organisation: Organisation) -> Person:
    own = Person.objects.create(name=person.name, email=person.email)
    hand_over(Joining(organisation, was=person, now=own), ended=True)
    for model in (Invitation, Absence):
        for row in model.objects.filter(person=person, organisation=organisation):
            row.person = own
            row.save(update_fields=["person"])
    record(by, "gave a person a row of its own", own, was=person.pk, organisation=organisation.pk)
    return own
