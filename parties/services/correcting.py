"""Names and addresses of people are put right by the organisation to which they belong."""

from __future__ import annotations

from django.db import transaction

from audit.services import record
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Membership, Organisation, Person
from parties.services.knowing import MailboxShared, with_address
from parties.services.people import TIES
from parties.who import must_administer


def change_person(
    *,
    by: Acting,
    organisation: Organisation,
    person: Person,
    name: str,
    email: str,
    shares: bool = False,
) -> None:
    """Corrects name and e-mail address of somebody who belongs to this organisation alone.

    The address of somebody who logs in with it stays. `shares`: as in `add_person`.
    """
    must_administer(by, organisation)
    with transaction.atomic():
        person = lock(person)
        _must_belong_here_alone(organisation, person)
        if email.lower() != person.email.lower():
            may_change_address(person)
            _ask_of_mailbox(organisation, person, email, shares)
        to = {"name": name, "email": email.lower()}
        changed = [field for field, said in to.items() if getattr(person, field) != said]
        person.name, person.email = to["name"], to["email"]
        person.save(update_fields=["name", "email"])
        record(by, "changed a person", person, changed=changed)


def _ask_of_mailbox(organisation: Organisation, person: Person, email: str, shares: bool) -> None:
    others = [each for each in with_address(organisation, email) if each != person]
    if others and not shares:
        raise MailboxShared(others, organisation, "email")


def _must_belong_here_alone(organisation: Organisation, person: Person) -> None:
    """Otherwise one organisation could turn another's e-mails to an address of its own.

    Whoever has an account belongs where they took a role: a post that others gave them is no tie.
    """
    ties = TIES if not hasattr(person, "user") else [tie for tie in TIES if tie[0] is Membership]
    elsewhere = (
        model.objects.filter(**{who: person}).exclude(**{where: organisation})
        for model, who, where in ties
    )
    if any(rows.exists() for rows in elsewhere):
        raise Refused(
            f"{person.name} belongs to another organisation too. "
            "Ask a system administrator to change this."
        )


def may_change_address(person: Person) -> None:
    """Raises Refused for who logs in with their address."""
    if hasattr(person, "user"):
        raise Refused(
            f"{person.name} logs in with this address. A system administrator can change it.",
            field="email",
        )
