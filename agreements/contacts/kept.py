"""Whether key contacts are named and confirmed, as the clause that asks for it says (A27)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from agreements.contacts.due import CHASED_FOR
from agreements.contacts.queries import ContactStanding, standings_under
from agreements.core.parties import (
    Vacancy,
    contacts_in,
    missing_roles,
    vacant_in_words,
    versions_in_force,
)
from agreements.core.reached import subpage_url
from agreements.models import Agreement, KeyContact, Party, Version
from house import clock
from house.answers import Evidence, Keeping
from house.clock import london_day
from house.rooms import rooms
from nhsuk.dates import day
from nhsuk.words import plural

# The contacts are asked so long before.
ASKED = timedelta(days=14)


def kept_of(agreements: Sequence[Agreement]) -> dict[int, Keeping]:
    """By agreement, for those that were ever in force (two queries; three more where a
    registered one has had roles that nobody holds for long)."""
    signed, today = versions_in_force(agreements), clock.today()
    parties = {party.pk: party for each in signed for party in each.agreement.sides}
    held, standings = contacts_in(parties), standings_under(signed)
    missing = {
        each.pk: missing_roles(each.typed_terms, each.agreement.sides, held) for each in signed
    }
    in_time = not_late([vacancy for found in missing.values() for vacancy in found], today)
    return {
        each.agreement_id: _keeping(each, missing[each.pk], in_time, standings, today)
        for each in signed
    }


def _keeping(
    version: Version,
    missing: Sequence[Vacancy],
    in_time: Collection[tuple[int, str]],
    standings: dict[int, list[ContactStanding]],
    today: date,
) -> Keeping:
    agreement, terms = version.agreement, version.typed_terms
    parties = agreement.sides
    if not terms.contact_roles:
        return Keeping("nothing_yet", "The terms name no contact roles.")
    own = [standing for party in parties for standing in standings[party.pk]]
    evidence = _evidence(agreement, parties, standings)
    return (
        _vacant(missing, in_time, evidence)
        or _late(own, today, evidence)
        or Keeping("kept", _known(terms.months_between_confirmations), evidence)
    )


def _vacant(
    missing: Sequence[Vacancy],
    in_time: Collection[tuple[int, str]],
    evidence: tuple[Evidence, ...],
) -> Keeping | None:
    if not missing:
        return None
    late = [v for v in missing if not v.leaving and (v.party.pk, v.role.key) not in in_time]
    sentence = " ".join(vacant_in_words(missing))
    return Keeping("missed" if late else "due", sentence, evidence)


def not_late(vacant: Sequence[Vacancy], today: date) -> set[tuple[int, str]]:
    """Party and role of what nobody is late with (record 0023): of a registered MoU each as long as
    it is chased after the registration, and what a party lacks that has not confirmed the copy."""
    found = {(v.party, v.role.key) for v in vacant if v.party.agreement.is_registered}
    new = {
        (party, role)
        for party, role in found
        if today < london_day(party.agreement.created_at) + CHASED_FOR
    }
    silent = _silent({party for party, _ in found - new})
    return {(party.pk, role) for party, role in found if (party, role) in new or party in silent}


def _silent(parties: Collection[Party]) -> set[Party]:
    """Those that have not confirmed the copy (three queries, if any are asked about)."""
    about = sorted({party.agreement.reference for party in parties})
    said = {each for room in rooms() for each in room.not_confirmed(about)} if about else set()
    return {
        party for party in parties if (party.agreement.reference, party.organisation.pk) in said
    }


def _late(
    own: Sequence[ContactStanding], today: date, evidence: tuple[Evidence, ...]
) -> Keeping | None:
    if not own:
        return Keeping("nothing_yet", "No contact is named.")
    first = min(standing.due_on for standing in own)
    if first < today:
        late = [standing.contact for standing in own if standing.due_on < today]
        sentence = f"{_people_in(late)} not confirmed; the first was due on {day(first)}."
        return Keeping("missed", sentence, evidence)
    if first <= today + ASKED:
        return Keeping("due", f"Contacts are to be confirmed by {day(first)}.", evidence)
    return None


def _people_in(contacts: Sequence[KeyContact]) -> str:
    """Each person or team once for its party: "1 contact, in 3 roles,"."""
    held = {(each.party_id, each.person_id, each.team_id) for each in contacts}
    many = f", in {plural(len(contacts), 'role')}," if len(contacts) > len(held) else ""
    return f"{plural(len(held), 'contact')}{many}"


def _known(months: int) -> str:
    """Naming somebody says so too: not each of them was asked."""
    return (
        "Every required role is held, and each contact was named or confirmed in the last "
        f"{plural(months, 'month')}."
    )


def _evidence(
    agreement: Agreement, parties: Iterable[Party], standings: dict[int, list[ContactStanding]]
) -> tuple[Evidence, ...]:
    """For each party since when all its contacts are known to be right."""
    url = subpage_url(agreement.reference, "people")
    return tuple(
        Evidence(f"{party.name}, {day(min(each.known_on for each in found))}", url)
        for party in parties
        if (found := standings[party.pk])
    )
