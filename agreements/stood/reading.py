"""An agreement at the end of one London day, from the rows that say how things were (X02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from agreements.models import Agreement, KeyContact, Party, PartySpell, Version
from parties.models import OrganisationName
from parties.models.dated import Dated
from parties.models.organisations import name_among


@dataclass(frozen=True)
class Reading:
    """The agreement of that day: its own row with the parties of the day at hand, what each was
    called and where it was, who held which role, and its versions, the newest first."""

    day: date
    agreement: Agreement
    addresses: Mapping[int, str]
    held: Mapping[tuple[int, str], KeyContact]
    versions: Sequence[Version]

    @property
    def parties(self) -> list[Party]:
        return self.agreement.sides

    @cached_property
    def version(self) -> Version | None:
        """The text that held: the one in force, else the newest that was not recalled."""
        in_force = self.agreement.in_force_version_id
        if in_force:
            return next((each for each in self.versions if each.pk == in_force), None)
        return next((each for each in self.versions if each.state != "withdrawn"), None)

    @cached_property
    def next_version(self) -> Version | None:
        """Another text that was being prepared beside the one in force."""
        nothing = Version.CAME_TO_NOTHING
        newest = next((each for each in self.versions if each.state not in nothing), None)
        is_other = newest and self.version and newest.seq > self.version.seq
        return newest if is_other else None


@dataclass(frozen=True)
class Rows:
    """What a reading is made of: the agreement's own row, and all rows that may hold on the day."""

    agreement: Agreement
    versions: Sequence[Version]
    spells: Sequence[PartySpell]
    names: Sequence[OrganisationName]
    contacts: Sequence[KeyContact]


def reading_of(rows: Rows, day: date) -> Reading:
    """What holds on the day, by the spells of each."""
    row, called = rows.agreement, _grouped(rows.names, "organisation_id")
    of_party = _grouped(rows.spells, "party_id")
    sides = [_party(row, spells, called, day) for spells in of_party.values()]
    row.sides = sorted(sides, key=lambda party: (party.position, party.pk))
    versions = [_with(version, row) for version in rows.versions]
    in_force = row.in_force_version_id
    row.in_force_version = next((each for each in versions if each.pk == in_force), None)
    return Reading(
        day,
        row,
        {party.pk: _address(called[party.organisation.pk], day) for party in sides},
        {(c.party_id, c.role): c for c in rows.contacts if _holds(c, day)},
        versions,
    )


S = TypeVar("S", bound=Dated)


def spell_on(spells: Sequence[S], day: date) -> S:
    """Which of a side's spells a day belongs to: both its first and its last day do. Outside all of
    them the last before it; before all of them the first."""
    in_order = sorted(spells, key=lambda spell: spell.starts_on or date.min)
    held = [spell for spell in in_order if spell.holds_on(day)]
    before = [spell for spell in in_order if (spell.starts_on or date.min) <= day]
    return (held or before or in_order[:1])[-1]


def _party(
    row: Agreement,
    spells: Sequence[PartySpell],
    called: Mapping[int, Sequence[OrganisationName]],
    day: date,
) -> Party:
    """The side with who held it, or last held it, called as it was called; copies, that nobody
    saves."""
    spell = spell_on(spells, day)
    party, organisation = copy(spell.party), copy(spell.organisation)
    party.left_on = None if spell.ends_on is None or spell.ends_on >= day else spell.ends_on
    organisation.name_read = name_among(called[organisation.pk], day, organisation.pk)
    party.agreement, party.organisation = row, organisation
    party.former = [
        each
        for each in spells
        if each.organisation_id != organisation.pk and each.ends_on and each.ends_on < day
    ]
    return party


T = TypeVar("T")


def _grouped(rows: Iterable[T], by: str) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


def _holds(contact: KeyContact, day: date) -> bool:
    """Whoever was replaced on their first day held the role at the end of none."""
    replaced_at_once = contact.starts_on is not None and contact.starts_on == contact.ends_on
    return contact.holds_on(day) and not replaced_at_once


def _address(names: Sequence[OrganisationName], day: date) -> str:
    held = [name for name in names if name.holds_on(day)]
    return held[-1].address if held else ""


def _with(version: Version, agreement: Agreement) -> Version:
    found = copy(version)
    found.agreement = agreement
    return found
