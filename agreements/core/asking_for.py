"""For which parties an organisation asks for signatures: its own, and where it sent a text to a
party that has nobody here, that one's too (record 0052)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agreements.core.parties import side_of
from agreements.core.sides import stands_for
from agreements.models import Party, Version
from house.refusals import NotYours
from parties.acting import Acting
from parties.models import Organisation
from parties.reader import members

HAS_PEOPLE: Final = "{party} has people here: its MoU manager asks its own signatory."
# A signature that was asked for and is neither given nor on paper.
STILL_ASKED: Final = frozenset({"asked", "not_ready", "declined"})
# These and one that waits for another signature first: whoever asked may change or withdraw them.
MAY_CHANGE: Final = STILL_ASKED | {"waits"}


def has_nobody(organisation: Organisation) -> bool:
    """Whether nobody belongs to it who could log in."""
    return not members([organisation.pk])[organisation.pk]


def asks_for(by: Acting, version: Version, parties: Iterable[Party]) -> set[int]:
    """The ids of those of these parties (one query for any number)."""
    asked = list(parties)
    if stands_for(version.agreement, by.organisation_id, version.author_organisation_id):
        there = members(party.organisation.pk for party in asked)
    else:
        there = {}
    return {
        party.pk
        for party in asked
        if party.organisation.pk == by.organisation_id
        or there.get(party.organisation.pk) == frozenset()
    }


def check_asks_for(by: Acting, version: Version, party: Party) -> None:
    """Raises NotYours for a party that asks its own people."""
    side_of(version.agreement, by)
    if not asks_for(by, version, [party]):
        raise NotYours(HAS_PEOPLE.format(party=party.name))
