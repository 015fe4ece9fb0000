"""Whether the key contacts of an agreement are named and kept up to date (A27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse

from agreements.contacts.queries import standings_of
from agreements.contacts.rules import Standing
from agreements.core.parties import contacts_in, versions_in_force
from agreements.core.vacancies import Vacancy, missing_roles
from agreements.models import Agreement, KeyContact, Party, Version
from house import clock
from house.room import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural

KEY = "key_contacts"
# The contacts are asked so long before.
ASKED = timedelta(days=14)


def keepings(agreements: Iterable[Agreement]) -> dict[int, Keeping]:
    """Agreement id -> the answer, for those that were ever in force (two queries)."""
    signed, today = versions_in_force(agreements), clock.today()
    parties = {party.pk: party for each in signed for party in each.agreement.sides}
    held = contacts_in(parties)
    standings: dict[int, list[Standing]] = defaultdict(list)
    for standing in standings_of(list(parties.values())):
        standings[standing.contact.party_id].append(standing)
    return {each.agreement_id: _keeping(each, held, standings, today) for each in signed}


def _keeping(
    version: Version,
    held: dict[tuple[int, str], KeyContact],
    standings: dict[int, list[Standing]],
    today: date,
) -> Keeping:
    agreement, terms = version.agreement, version.typed_terms
    parties = agreement.sides
    if not terms.contact_roles:
        return Keeping("nothing_yet", "The terms name no contact roles.")
    missing = missing_roles(terms, parties, held)
    own = [standing for party in parties for standing in standings[party.pk]]
    evidence = _evidence(agreement, parties, standings)
    return (
        _vacant(missing, evidence)
        or _late(own, today, evidence)
        or Keeping("kept", "Every required role is held, and each contact is confirmed.", evidence)
    )


def _vacant(missing: Sequence[Vacancy], evidence: tuple[Evidence, ...]) -> Keeping | None:
    if not missing:
        return None
    now = [vacancy for vacancy in missing if not vacancy.leaving]
    sentence = " ".join(vacancy.sentence for vacancy in now or missing)
    return Keeping("missed" if now else "due", sentence, evidence)


def _late(own: Sequence[Standing], today: date, evidence: tuple[Evidence, ...]) -> Keeping | None:
    if not own:
        return Keeping("nothing_yet", "No contact is named.")
    first = min(standing.due_on for standing in own)
    if first < today:
        late = sum(standing.due_on < today for standing in own)
        sentence = f"{plural(late, 'contact')} not confirmed; the first was due on {day(first)}."
        return Keeping("missed", sentence, evidence)
    if first <= today + ASKED:
        return Keeping("due", f"Contacts are to be confirmed by {day(first)}.", evidence)
    return None


def _evidence(
    agreement: Agreement, parties: Iterable[Party], standings: dict[int, list[Standing]]
) -> tuple[Evidence, ...]:
    """For each party since when all its contacts are known to be right."""
    url = reverse("agreements:agreement", args=[agreement.reference]) + "#contacts"
    return tuple(
        Evidence(f"{party.name}, {day(min(each.known_on for each in found))}", url)
        for party in parties
        if (found := standings[party.pk])
    )
