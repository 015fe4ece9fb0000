"""What somebody says of themselves by a link in an e-mail, without an account."""

from __future__ import annotations

from django.db import transaction

from audit.services import write_entry
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from house.tracked import history_user
from mail.services import queue_mail
from parties.models import Person
from parties.services.correcting import may_change_address


def change_own_details(*, person: Person, name: str, email: str) -> bool:
    """Keeps a person's own name and address. Returns whether either is new.

    The address that was left is told of it. Raises Refused for an empty name, and for a new address
    of somebody who logs in with theirs.
    """
    if not name:
        raise Refused("Enter your name.", field="name")
    with transaction.atomic():
        person = lock(person)
        before, email = person.email, email.lower()
        if email != before.lower():
            may_change_address(person)
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
            _tell_at(before, person)
    return True


def _tell_at(left: str, person: Person) -> None:
    """The address that the person has left is told of it."""
    at = clock.now().isoformat()
    queue_mail(
        kind="address_changed",
        address=left,
        context={"at": at},
        dedupe=f"address_changed:{person.pk}:{at}",
    )
