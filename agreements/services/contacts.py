"""Key contacts: each party keeps its own, and the other is told (A27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from agreements.models import Agreement, KeyContact, Party
from agreements.record import record
from agreements.rules.parties import parties_of, require_role, side_of
from agreements.services.tell import tell_managers
from house import clock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Person, Role, Team


def name_contact(
    *,
    by: Acting,
    party: Party,
    role: str,
    person: Person | None = None,
    team: Team | None = None,
    deputy: Person | None = None,
    job_title: str = "",
) -> KeyContact:
    """Names who holds a contact role of one's own party from today; the one before ends.

    Raises NotYours for the other party's contacts, Refused for neither or both of person and team
    and for a deputy who is the person.
    """
    _check_own_side(by, party)
    _check_who(person, team, deputy)
    with transaction.atomic():
        _end_open(party, role)
        contact = KeyContact.objects.create(
            party=party,
            role=role,
            person=person,
            team=team,
            deputy=deputy,
            job_title=job_title or post_title(person, party),
            starts_on=clock.today(),
        )
        _record(by, party, role, "contact_named", who=str(person or team))
    return contact


def end_contact(*, by: Acting, party: Party, role: str) -> None:
    """Leaves a contact role of one's own party vacant. The vacancy is shown to both sides."""
    _check_own_side(by, party)
    with transaction.atomic():
        if not _end_open(party, role):
            raise Refused("Nobody holds this role now.")
        _record(by, party, role, "contact_ended")


def name_contacts(*, agreement: Agreement, contacts: Mapping[str, Any]) -> None:
    """Names the contacts said while setting up: {slot: {role: {person, deputy}}} with ids.

    Here one side may name the other's too, as both know them from the outset; each keeps its own
    from then on.
    """
    people = Person.objects.in_bulk(list(_ids(contacts)))
    for party in parties_of(agreement):
        for role, said in contacts.get(party.slot, {}).items():
            if person := people.get(said.get("person")):
                KeyContact.objects.create(
                    party=party,
                    role=role,
                    person=person,
                    deputy=people.get(said.get("deputy")),
                    job_title=post_title(person, party),
                    starts_on=clock.today(),
                )


def post_title(person: Person | None, party: Party) -> str:
    """The title of the post that the person holds with the party today; empty without one."""
    if person is None:
        return ""
    posts = person.posts.current().filter(organisation=party.organisation)
    return posts.values_list("title", flat=True).order_by("-starts_on").first() or ""


def _ids(contacts: Mapping[str, Any]) -> set[int]:
    said = [who for roles in contacts.values() for who in roles.values()]
    return {pk for who in said for pk in (who.get("person"), who.get("deputy")) if pk}


def _check_own_side(by: Acting, party: Party) -> None:
    require_role(by, Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR)
    if side_of(party.agreement, by).pk != party.pk:
        raise NotYours("Each party keeps its own key contacts. Ask theirs to change this.")


def _check_who(person: Person | None, team: Team | None, deputy: Person | None) -> None:
    if bool(person) == bool(team):
        raise Refused("Choose a person or a team.", field="person")
    if person and person == deputy:
        raise Refused("Choose somebody else as the deputy.", field="deputy")


def _end_open(party: Party, role: str) -> bool:
    """Ends the open contact as of yesterday; one named today by mistake ends today."""
    contact = party.contacts.filter(role=role, ends_on=None).first()
    if contact is None:
        return False
    yesterday = clock.today() - timedelta(days=1)
    contact.ends_on = max(yesterday, contact.starts_on or yesterday)
    contact.save(update_fields=["ends_on"])
    return True


def _record(by: Acting, party: Party, role: str, verb: str, **data: Any) -> None:
    happening = record(
        by=by, verb=verb, agreement=party.agreement, party=party.name, role=role, **data
    )
    tell_managers(of=happening, kind="contacts_changed", by=by, others_only=True)
