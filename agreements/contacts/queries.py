"""Key contacts with the day on which each was last confirmed, and when each is asked again (A27).

How often they are asked is the one term that the queries read; the others stay where they are.
Dates are London calendar days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, Q, QuerySet, prefetch_related_objects

from agreements.models import (
    Agreement,
    ContactConfirmation,
    KeyContact,
    Party,
    read_parties,
    spells_today,
)
from agreements.terms import CONTACTS_CONFIRMED_MONTHS, MONTHS_STORED_AS
from house import clock
from house.clock import london_day, months_after
from house.once import once_a_page
from nhsuk.dates import day
from nhsuk.words import spelled
from parties.models import Organisation, Person, Team


@dataclass(frozen=True)
class ContactStanding:
    """A key contact with the day it was last said to be right, and when it is asked again.

    Naming somebody says so too; so does the signed copy, which lists the contacts.
    """

    contact: KeyContact
    known_on: date
    due_on: date


def standing(
    contact: KeyContact, *, confirmed_on: date | None, start_on: date | None, months: int
) -> ContactStanding:
    """The contact with its dates."""
    known_on = known_since(contact.starts_on, start_on, confirmed_on)
    return ContactStanding(contact, known_on, months_after(known_on, months))


def known_since(*days: date | None) -> date:
    """The newest of: named, the agreement in force, confirmed."""
    return max(each for each in days if each is not None)


def working_of(standings: Iterable[ContactStanding], months: int) -> str:
    """How the date follows on which a party's contacts are to be confirmed, as a sentence."""
    first = min(each.known_on for each in standings)
    return (
        f"{spelled(months).capitalize()} months after {day(first)}, the earliest day since which "
        "one of the contacts has not been named or confirmed again."
    )


# Who is asked about one agreement is asked about all that will be asked within this time.
TOGETHER = timedelta(days=45)
Holder = Person | Team


@dataclass(frozen=True)
class ContactTurn:
    """One role that somebody holds for a party, and when it is to be confirmed."""

    party_id: int
    due_on: date


@once_a_page
def contacts_of(agreement: Agreement) -> list[KeyContact]:
    """Whoever holds or held a contact role, with when they were last confirmed (one query)."""
    contacts = KeyContact.objects.filter(party__agreement=agreement)
    said_right = ~Q(confirmations__answer=ContactConfirmation.Answer.NO_LONGER)
    confirmed = contacts.annotate(confirmed_at=Max("confirmations__at", filter=said_right))
    return list(confirmed.select_related("person", "team", "deputy").order_by("starts_on", "pk"))


def standings_of(parties: Collection[Party]) -> list[ContactStanding]:
    """The lasting contacts of these parties, where the agreement is in force (one query)."""
    return _standings(Q(party__in=parties))


def standings_for(holder: Holder, organisation: Organisation) -> list[ContactStanding]:
    """What somebody is a contact for on behalf of an organisation, the soonest first."""
    found = _standings(_held_by([holder]) & _for(organisation))
    return sorted(found, key=lambda each: (each.due_on, each.contact.party_id, each.contact.pk))


def asked_of(holder: Holder, organisation: Organisation) -> list[ContactStanding]:
    """What somebody is asked to confirm now: all that is due within the next weeks."""
    until = clock.today() + TOGETHER
    return [each for each in standings_for(holder, organisation) if each.due_on <= until]


def read_agreements(standings: Iterable[ContactStanding]) -> None:
    """Keeps at hand what names their roles and parties (four queries, for any number)."""
    agreements = [each.contact.party.agreement for each in standings]
    read_parties(agreements)
    prefetch_related_objects(agreements, "in_force_version")


def holders_of(party: Party) -> list[Holder]:
    """Who is a lasting contact of the party, where the agreement is in force (one query)."""
    rows = _dated(Q(party=party)).select_related("person__user", "team")
    found = {contact.person or contact.team for contact in rows}
    holders = [holder for holder in found if holder is not None]
    return sorted(holders, key=lambda holder: (type(holder).__name__, holder.pk))


def turns_of(
    holders: Collection[Holder], organisation: Organisation
) -> dict[Holder, list[ContactTurn]]:
    """What each of them is asked to confirm now, as bare dates (one query)."""
    by_id = {(isinstance(holder, Team), holder.pk): holder for holder in holders}
    until = clock.today() + TOGETHER
    found: dict[Holder, list[ContactTurn]] = defaultdict(list)
    rows = _dated(_held_by(holders) & _for(organisation)).values_list(
        "person", "team", "party", "starts_on", "party__agreement__start_on", "last", "months"
    )
    for person, team, party, *days, last, months in rows:
        due_on = months_after(known_since(*days, _day(last)), _months(months))
        if due_on <= until:
            found[by_id[bool(team), team or person]].append(ContactTurn(party, due_on))
    return found


def _held_by(holders: Iterable[Holder]) -> Q:
    people = [holder.pk for holder in holders if isinstance(holder, Person)]
    teams = [holder.pk for holder in holders if isinstance(holder, Team)]
    return Q(person__in=people) | Q(team__in=teams)


def _for(organisation: Organisation) -> Q:
    return Q(party__in=spells_today(organisation.pk).values("party"))


def _dated(which: Q) -> QuerySet[Any]:
    """Lasting contacts of agreements in force, with what their next date follows from."""
    in_force = Q(party__agreement__state__in=Agreement.WITH_DUTIES)
    rows = KeyContact.objects.lasting().filter(which, in_force)
    said_right = ~Q(confirmations__answer="no_longer")
    return rows.annotate(
        last=Max("confirmations__at", filter=said_right),
        months=F(f"party__agreement__in_force_version__terms__{MONTHS_STORED_AS}"),
    ).order_by("party", "role", "pk")


def _standings(which: Q) -> list[ContactStanding]:
    rows = _dated(which).select_related("person__user", "team", "party__agreement")
    return [_standing(contact) for contact in rows]


def _standing(contact: KeyContact) -> ContactStanding:
    last, months = (getattr(contact, name) for name in ("last", "months"))  # annotated above
    return standing(
        contact,
        confirmed_on=_day(last),
        start_on=contact.party.agreement.start_on,
        months=_months(months),
    )


def _day(last: datetime | None) -> date | None:
    return london_day(last) if last else None


def _months(stored: int | None) -> int:
    return stored or CONTACTS_CONFIRMED_MONTHS
