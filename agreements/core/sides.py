"""Sides of an agreement that one or many take: what they are called, whose word counts (0048)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from agreements.core.parties import parties_of, there_today
from agreements.models import Agreement, Party, Version
from agreements.terms import party_key
from nhsuk.dates import day


def names_in(version: Version) -> dict[str, str]:
    """What the parties are called in a version, by their keys: once frozen as they were then."""
    frozen = {
        party_key(each["slot"], each.get("number", 0)): each["name"] for each in version.party_names
    }
    return frozen or {party.key: party.name for party in parties_of(version.agreement)}


def parties_in(version: Version) -> list[Party]:
    """Who approves and signs the version: once numbered the parties that its text names, before
    that those that have not left."""
    parties = parties_of(version.agreement)
    if not version.party_names:
        return [party for party in parties if not party.left_on]
    named = names_in(version)
    return [party for party in parties if party.key in named]


def names_to_freeze(
    agreement: Agreement, name_of: Callable[[Party], str] = attrgetter("name")
) -> list[dict[str, Any]]:
    """The parties in their order as a version keeps them."""
    return [
        {"slot": party.slot, "label": party.label, "name": name_of(party)}
        | ({"number": party.number} if party.number else {})
        for party in there_today(agreement)
    ]


def sides_called(
    parties: Iterable[Party], names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Slot -> what pages call who takes it: the organisation; of a shared side "each Federation".

    `names` are what the parties are called, by their keys; without it as today.
    """
    return {
        party.slot: party.called if party.number else (names or {}).get(party.key) or party.name
        for party in parties
    }


def other_sides(agreement: Agreement, organisation_id: int | None) -> list[Party]:
    """The parties that stand on another side than this organisation; where all share one side,
    the other parties (record 0048). One word of one of them confirms what it recorded."""
    parties, now = there_today(agreement), now_called(agreement, organisation_id)
    own = {party.slot for party in parties if party.organisation.pk in now}
    others = [party for party in parties if party.organisation.pk not in now]
    return [party for party in others if party.slot not in own] or others


def now_called(agreement: Agreement, organisation_id: int | None) -> frozenset[int]:
    """Who holds today what this organisation holds or held: itself, or who took its place (X07)."""
    held = (party for party in parties_of(agreement) if organisation_id in party.held_by)
    return frozenset(party.organisation.pk for party in held) or frozenset({organisation_id or 0})


def stands_for(agreement: Agreement, by: int | None, organisation_id: int | None) -> bool:
    """Whether what the second did under the agreement is the first's to go on with: it is the
    same, or took its place."""
    return by == organisation_id or by in now_called(agreement, organisation_id)


def names_ever(agreement: Agreement) -> dict[int, str]:
    """What those are called who hold a side, or held one before a succession, by their ids."""
    found = {each.organisation_id: each.organisation.name
             for party in parties_of(agreement) for each in party.former}  # fmt: skip
    return found | {party.organisation.pk: party.name for party in parties_of(agreement)}


def former_in_words(agreement: Agreement) -> Iterator[str]:
    """A sentence for each organisation whose place another took: names then and now (X07)."""
    for party in parties_of(agreement):
        for spell in party.former:
            until = f" until {day(spell.ends_on)}" if spell.ends_on else ""
            if party.left_on is None:
                yield f"{spell.organisation.name} was a party{until}. {party.name} is in its place."


def concerned_by(version: Version, party: Party) -> list[Party]:
    """Whom a party's approval or signature concerns: of more than two its own people and those of
    the author, who keeps count. The others hear when all have signed."""
    parties = parties_of(version.agreement)
    author = version.author_organisation_id
    if len(parties) <= 2:
        return parties
    return [each for each in parties if each == party or author in each.held_by]
