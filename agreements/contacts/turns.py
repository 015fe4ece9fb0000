"""Whose turn it is to confirm that they still are key contacts, once for all their agreements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from agreements.contacts.queries import (
    ContactStanding,
    dated,
    day_of,
    known_since,
    lasting,
    standings_in,
)
from agreements.models import Agreement, ContactConfirmation, KeyContact, PartySpell, Version
from agreements.terms import CONTACTS_CONFIRMED_MONTHS
from house import clock
from house.clock import months_after
from house.once import each_once
from parties.models import Organisation, Person, Team, User
from parties.models.dated import holds_on

# Who is asked about one agreement is asked about all that will be asked within this time.
TOGETHER = timedelta(days=45)
Holder = Person | Team


@dataclass(frozen=True)
class ContactTurn:
    """One role that somebody holds for a party, and when it is to be confirmed."""

    party_id: int
    due_on: date


@each_once(KeyContact, Person, User, Team, Agreement)
def holders_of(parties: Collection[int]) -> dict[int, list[Holder]]:
    """By party, who is a lasting contact where the agreement is in force (one query)."""
    found: dict[int, set[Holder]] = {pk: set() for pk in parties}
    for contact in lasting(Q(party__in=found)).select_related("person__user", "team"):
        if holder := contact.person or contact.team:
            found[contact.party_id].add(holder)
    return {
        pk: sorted(held, key=lambda each: (type(each).__name__, each.pk))
        for pk, held in found.items()
    }


# Somebody, and the id of the organisation for which they are a contact.
HeldFor = tuple[Holder, int]
ORGANISATION = "party__spells__organisation"


@each_once(KeyContact, ContactConfirmation, PartySpell, Agreement, Version)
def turns_of(asked: Collection[HeldFor]) -> dict[HeldFor, list[ContactTurn]]:
    """What each of them is asked to confirm now, as bare dates (one query)."""
    by_id, until = _by_id(asked), clock.today() + TOGETHER
    found: dict[HeldFor, list[ContactTurn]] = {key: [] for key in asked}
    rows = dated(_held(asked)).values_list(
        "person", "team", ORGANISATION, "party",
        "starts_on", "party__agreement__start_on", "last", "months",
    )  # fmt: skip
    for person, team, organisation, party, *days, last, months in rows:
        due_on = months_after(known_since(*days, day_of(last)), months or CONTACTS_CONFIRMED_MONTHS)
        if due_on <= until and (key := by_id.get((person, team, organisation))):
            found[key].append(ContactTurn(party, due_on))
    return found


def _asked(asked: Collection[HeldFor]) -> dict[HeldFor, list[ContactStanding]]:
    """The same with the contacts and their agreements, the soonest first (one query)."""
    by_id, until = _by_id(asked), clock.today() + TOGETHER
    found: dict[HeldFor, list[ContactStanding]] = {key: [] for key in asked}
    for each in standings_in(dated(_held(asked)).annotate(held_for=F(ORGANISATION))):
        held_for = vars(each.contact)["held_for"]  # annotated above
        key = by_id.get((each.contact.person_id, each.contact.team_id, held_for))
        if key and each.due_on <= until:
            found[key].append(each)
    for of_one in found.values():
        of_one.sort(key=lambda each: (each.due_on, each.contact.party_id, each.contact.pk))
    return found


def asked_of(holder: Holder, organisation: Organisation) -> list[ContactStanding]:
    """What somebody is asked to confirm now for an organisation, the soonest first: all that is
    due within the next weeks."""
    key = holder, organisation.pk
    return _asked([key])[key]


# For e-mails about the same people; a service reads anew what it has locked.
asked_together = each_once(KeyContact, ContactConfirmation, PartySpell, Agreement, Version)(_asked)


def _held(asked: Collection[HeldFor]) -> Q:
    """The contacts of these people and teams for parties that these organisations hold today."""
    people = {holder.pk for holder, _ in asked if isinstance(holder, Person)}
    teams = {holder.pk for holder, _ in asked if isinstance(holder, Team)}
    there = Q(**{f"{ORGANISATION}__in": {organisation for _, organisation in asked}})
    today = holds_on(clock.today(), "party__spells__")
    return (Q(person__in=people) | Q(team__in=teams)) & there & today


def _by_id(asked: Collection[HeldFor]) -> dict[tuple[int | None, int | None, int], HeldFor]:
    """By the ids of person, team and organisation, as a contact's row has them."""
    return {
        (None, holder.pk, of) if isinstance(holder, Team) else (holder.pk, None, of): (holder, of)
        for holder, of in asked
    }
