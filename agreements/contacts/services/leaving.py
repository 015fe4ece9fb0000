"""Somebody leaves an organisation: their contact roles are handed over, or fall vacant at once."""

from __future__ import annotations

from django.db.models import Q

from agreements.contacts.due import set_contacts_due
from agreements.contacts.services.naming import end_now
from agreements.contacts.services.newcomers import job_title_of
from agreements.core.access import write_access
from agreements.core.recipients import role_label
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, Happening, KeyContact, spells_today
from agreements.models.contacts import KeyContactQuerySet
from house import clock
from parties.models import Organisation, Person
from parties.services.people import Leaving


def role_key(contact: KeyContact) -> str:
    """What the role is called among all that its holder hands over."""
    return f"contact-{contact.pk}"


def deputy_key(contact: KeyContact) -> str:
    return f"deputy-{contact.pk}"


def held_by(person: Person, organisation: Organisation) -> KeyContactQuerySet:
    """The contact roles that the person holds for the organisation today, or is deputy in; none of
    an agreement that is over."""
    sides = spells_today(organisation.pk).values("party")
    mine = Q(person=person) | Q(deputy=person)
    held = KeyContact.objects.current().filter(mine, party__in=sides)
    return held.exclude(party__agreement__state__in=Agreement.OVER)


def leave_contacts(leaving: Leaving) -> None:
    """Sees to every agreement in which the person is a contact or a deputy for the organisation.

    Call it in the transaction in which they leave. The other parties are told, once for each
    agreement.
    """
    for agreement in _agreements(leaving):
        told = [*_end_roles(leaving, agreement), *_end_deputies(leaving, agreement)]
        write_access(agreement)
        set_contacts_due(agreement)
        if told:
            tell_managers(of=told[0], kind="contacts_changed", by=leaving.by, others_only=True)


def _agreements(leaving: Leaving) -> list[Agreement]:
    """Locked in one order, so that two who leave at once do not wait for each other."""
    parts = _contacts(leaving).values("party__agreement")
    found = Agreement.objects.filter(pk__in=parts)
    return list(found.order_by("reference").select_for_update(no_key=True))


def _contacts(leaving: Leaving) -> KeyContactQuerySet:
    return held_by(leaving.person, leaving.organisation)


def _end_roles(leaving: Leaving, agreement: Agreement) -> list[Happening]:
    held = _contacts(leaving).filter(
        party__agreement=agreement, person=leaving.person, ends_on=None
    )
    told = []
    for contact in held:
        follows = leaving.follows(role_key(contact))
        told.append(
            _hand_over(leaving, contact, follows) if follows else _leave_vacant(leaving, contact)
        )
    return told


def _leave_vacant(leaving: Leaving, contact: KeyContact) -> Happening:
    contact.ends_on = max(leaving.last_day, contact.starts_on or leaving.last_day)
    contact.save(update_fields=["ends_on"])
    return _record(leaving, contact, "contact_leaves")


def _hand_over(leaving: Leaving, contact: KeyContact, successor: Person) -> Happening:
    """From today on, so that mail goes to who follows."""
    end_now(contact)
    followed = KeyContact.objects.create(
        party=contact.party,
        role=contact.role,
        person=successor,
        deputy=contact.deputy if contact.deputy != successor else None,
        job_title=job_title_of(successor, leaving.organisation),
        starts_on=clock.today(),
    )
    return _record(leaving, followed, "contact_named")


def _end_deputies(leaving: Leaving, agreement: Agreement) -> list[Happening]:
    """Without somebody who follows there is no deputy: the contact is still there, and nobody
    stands in for themselves."""
    told = []
    for contact in _contacts(leaving).filter(party__agreement=agreement, deputy=leaving.person):
        follows = leaving.follows(deputy_key(contact))
        contact.deputy = follows if follows != contact.person else None
        contact.save(update_fields=["deputy"])
        verb = "deputy_follows" if contact.deputy else "deputy_leaves"
        told.append(_record(leaving, contact, verb))
    return told


def _record(leaving: Leaving, contact: KeyContact, verb: str) -> Happening:
    return record(
        by=leaving.by,
        verb=verb,
        agreement=contact.party.agreement,
        about=contact,
        who=str(contact.person) if verb == "contact_named" else leaving.person.name,
        deputy=str(contact.deputy or ""),
        party=leaving.organisation.name,
        role=role_label(contact.party, contact.role),
        last=leaving.last_day.isoformat(),
    )
