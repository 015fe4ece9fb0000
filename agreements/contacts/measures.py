"""How many required contact roles were held at the end of a day, for a report (A27, B15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from django.db.models import F

from agreements.contacts.kept import not_late
from agreements.core.measuring import ran_on, there_on
from agreements.core.parties import Vacancy, versions_in_force
from agreements.core.reached import subpage_url
from agreements.models import Agreement, KeyContact, Party, Version
from house.answers import Measure
from nhsuk.words import and_list, in_sentence
from parties.models.dated import holds_on

LABEL: Final = "Contact roles held at the end"


def measures(agreements: Sequence[Agreement], until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each party (three queries; three more where a registered one has had
    roles that nobody holds for long). Of one that had ended by the last day nothing is asked.

    A role that nobody is late with yet (record 0023) is open.
    """
    versions = [each for each in versions_in_force(agreements) if ran_on(each.agreement, until)]
    parties = {each.pk: there_on(each.agreement.sides, until) for each in versions}
    held = _held([party for of_one in parties.values() for party in of_one], until)
    vacant = {
        each.pk: [v for party in parties[each.pk] for v in _vacant(each, party, held[party.pk])]
        for each in versions
    }
    not_yet = not_late([v for found in vacant.values() for v in found], until)
    return {
        each.agreement_id: list(_of(each, parties[each.pk], vacant[each.pk], not_yet))
        for each in versions
    }


def _held(parties: Sequence[Party], day: date) -> dict[int, set[str]]:
    """Party id -> the roles that somebody held for it on this day (one query)."""
    rows = KeyContact.objects.filter(holds_on(day), party__in=[each.pk for each in parties])
    found: dict[int, set[str]] = defaultdict(set)
    for party, role in rows.exclude(starts_on=F("ends_on")).values_list("party", "role"):
        found[party].add(role)
    return found


def _vacant(version: Version, party: Party, held: Collection[str]) -> Iterator[Vacancy]:
    for role in version.typed_terms.contact_roles_of(party.slot):
        if role.required and role.key not in held:
            yield Vacancy(party, role)


def _of(
    version: Version,
    parties: Sequence[Party],
    vacant: Sequence[Vacancy],
    not_yet: Collection[tuple[int, str]],
) -> Iterator[Measure]:
    for party in parties:
        asked = sum(each.required for each in version.typed_terms.contact_roles_of(party.slot))
        own = [each for each in vacant if each.party.pk == party.pk]
        late = [each for each in own if (party.pk, each.role.key) not in not_yet]
        if asked:
            yield Measure(
                "contacts", LABEL, party.key, met=asked - len(own), missed=len(late),
                open=len(own) - len(late), url=subpage_url(version.agreement.reference, "people"),
                said=f"Vacant: {_roles(own)}." if own else "",
            )  # fmt: skip


def _roles(vacant: Sequence[Vacancy]) -> str:
    return and_list(dict.fromkeys(in_sentence(each.role.label) for each in vacant))
