"""A key contact, or their MoU manager, says whether the contacts are still right (A27)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from agreements.contacts.asking import Asked
from agreements.contacts.due import set_contacts_due
from agreements.contacts.queries import read_agreements, standings_of
from agreements.contacts.services.naming import check_own_side, end_now
from agreements.contacts.turns import asked_of
from agreements.core.access import write_access
from agreements.core.recipients import role_label
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, ContactConfirmation, KeyContact, Party
from house import clock
from house.actor import acting_as
from house.lifecycle import lock
from house.once import one_job
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Person, User
from parties.services.own_details import change_own_details

Answer, Way = ContactConfirmation.Answer, ContactConfirmation.Way
NOTHING = "Nothing is left to confirm. Thank you."


def confirm_all(*, by: Acting, party: Party) -> int:
    """The party's own people say that all its contacts are right. Returns how many there are."""
    check_own_side(by, party)
    with one_job():
        _lock([party.agreement])
        contacts = [standing.contact for standing in standings_of([party])]
        if not contacts:
            raise Refused("There is nobody to confirm. Name your contacts first.")
        _keep(contacts, Answer.RIGHT, Way.ON_PAGE, user=by.who)
        _tell(by, contacts, "contacts_confirmed")
    return len(contacts)


def confirm_by_link(*, asked: Asked, details: dict[str, str] | None = None) -> list[KeyContact]:
    """A contact says that they still are it, with new details where something changed.

    Raises Refused when nothing is asked of them any more, and for details that cannot be.
    """
    with one_job(), acting_as(_user_of(asked)):
        if details and isinstance(asked.holder, Person):
            lock(asked.holder)  # who somebody is comes before agreements
        contacts = _lock_asked(asked)
        changed = _change(asked, contacts, details) if details else False
        _keep(contacts, Answer.CHANGED if changed else Answer.RIGHT, Way.BY_LINK)
        verb = "contact_details_changed" if changed else "contact_confirmed"
        _tell(_by(asked), contacts, verb, who=str(asked.holder), mail=changed)
    return contacts


def leave_by_link(
    *, asked: Asked, contacts: Collection[int], suggestion: str = ""
) -> list[KeyContact]:
    """A contact says that they no longer are it: the role is vacant at once.

    `contacts` are the ids of those roles; the others that were asked stand as confirmed. Who should
    be asked instead is for their own party to read.
    """
    with one_job(), acting_as(_user_of(asked)):
        every = _lock_asked(asked)
        gone = [contact for contact in every if contact.pk in set(contacts)]
        if not gone:
            raise Refused("Choose what you are no longer.", field="roles")
        stays = [contact for contact in every if contact not in gone]
        _keep(gone, Answer.NO_LONGER, Way.BY_LINK, suggestion=suggestion)
        _keep(stays, Answer.RIGHT, Way.BY_LINK)
        for contact in gone:
            end_now(contact)
        _tell(_by(asked), stays, "contact_confirmed", who=str(asked.holder))
        _tell(_by(asked), gone, "contact_no_longer", who=str(asked.holder), mail=True)
    return gone


def _user_of(asked: Asked) -> User:
    """The contact's account; who has none acts through the portal's own."""
    return getattr(asked.holder, "user", None) or User.objects.system()


def _by(asked: Asked) -> Acting:
    return Acting(user=_user_of(asked), organisation=asked.organisation)


def _lock_asked(asked: Asked) -> list[KeyContact]:
    """What they are asked now, with its agreements locked: a second press finds nothing."""
    _lock(each.contact.party.agreement for each in asked_of(asked.holder, asked.organisation))
    found = asked_of(asked.holder, asked.organisation)
    if not found:
        raise Refused(NOTHING)
    read_agreements(found)
    return [each.contact for each in found]


def _lock(agreements: Iterable[Agreement]) -> None:
    """In one order, so that two people never wait for each other."""
    pks = {agreement.pk for agreement in agreements}
    rows = Agreement.objects.filter(pk__in=pks).order_by("reference")
    list(rows.select_for_update(no_key=True))


def _change(asked: Asked, contacts: list[KeyContact], details: dict[str, str]) -> bool:
    """Whether any of the details said is new."""
    if not isinstance(asked.holder, Person):
        return False
    changed = change_own_details(person=asked.holder, name=details["name"], email=details["email"])
    for contact in contacts:
        if contact.job_title != details["job_title"]:
            contact.job_title = details["job_title"]
            contact.save(update_fields=["job_title"])
            changed = True
    return changed


def _keep(contacts: Iterable[KeyContact], answer: str, way: str, **more: Any) -> None:
    now = clock.now()
    ContactConfirmation.objects.bulk_create(
        ContactConfirmation(contact=contact, answer=answer, way=way, at=now, **more)
        for contact in contacts
    )


def _tell(
    by: Acting, contacts: list[KeyContact], verb: str, *, mail: bool = False, **facts: Any
) -> None:
    """Writes down and sets the next dates, agreement by agreement; the other side hears of news."""
    ordered = sorted(contacts, key=lambda contact: contact.party.agreement.reference)
    for agreement, group in groupby(ordered, key=lambda contact: contact.party.agreement):
        found = list(group)
        party = found[0].party
        happening = record(
            by=by,
            verb=verb,
            agreement=agreement,
            about=found[0],
            party=party.name,
            roles=[role_label(each.party, each.role) for each in found],
            **facts,
        )
        write_access(agreement)
        set_contacts_due(agreement)
        if mail:
            tell_managers(of=happening, kind="contacts_changed", by=by, others_only=True)
