"""The sides of agreements, and the one way to read them: many at once, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from agreements.terms import each_of, party_key
from house import clock
from house.once import each_once
from house.tracked import keep_history
from parties.models import Organisation, OrganisationName, Succession
from parties.models.dated import Dated, holds_on
from parties.models.organisations import name_today


class Party(models.Model):
    """A side of the agreement, or one of the many that share a side (record 0048).

    Which organisation holds it, and when, is in its spells.
    """

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    slot = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    # Of one that shares its side with others: given once, and never to another. Else 0.
    number = models.PositiveSmallIntegerField(default=0, db_default=0)
    # It looks after the agreement in a group: it is told once a day, not of each event.
    told_daily = models.BooleanField(default=False, db_default=False)

    objects = BehindTheWall["Party"].as_manager()

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "slot", "number"], name="party_once")
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def organisation(self) -> Organisation:
        """Who holds this side today; the last holder once nobody does. As this row read it."""
        if _is_read(self, "spells"):
            return _holder(list(self.spells.all()))
        return _holders([self.pk])[self.pk]

    @cached_property
    def left_on(self) -> date | None:
        """Its last day as a party, once that has passed; None while somebody holds the side."""
        return _left(list(self.spells.all()))

    @cached_property
    def former(self) -> list[PartySpell]:
        """Who held this side before its holder of today, each once, the first of them first."""
        return _former(list(_spells(Q(party=self.pk))))

    @property
    def held_by(self) -> frozenset[int]:
        """Whose acts are this party's: of its holder, and of those whose place it took."""
        return frozenset({self.organisation.pk, *(each.organisation_id for each in self.former)})

    @property
    def name(self) -> str:
        return self.organisation.name

    @property
    def key(self) -> str:
        """Names the party within its agreement: its side, or "federation-3" of a shared side."""
        return party_key(self.slot, self.number)

    @property
    def called(self) -> str:
        """What the text calls its side: "the CCG", "each Federation"."""
        return each_of(self.label) if self.number else self.label


class PartySpell(Dated):
    """An organisation holds a side of an agreement from one day to another."""

    TO_AGREEMENT = "party__agreement"

    party = models.ForeignKey(Party, models.PROTECT, related_name="spells")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="party_spells")
    # By what it took the place of who held the side before; None where it was there from the start.
    succession = models.ForeignKey(
        Succession, models.PROTECT, null=True, blank=True, related_name="spells"
    )

    objects = TrackedBehindTheWall["PartySpell"].as_manager()  # type: ignore[assignment,misc]
    history = keep_history()

    def __str__(self) -> str:
        return f"{self.organisation} as {self.party.label}"


def read_parties(agreements: Iterable[Agreement]) -> None:
    """Keeps the sides of these agreements at hand, with who holds them (one query, any number)."""
    lacking = [agreement for agreement in agreements if "sides" not in vars(agreement)]
    rows = _sides(agreement.pk for agreement in lacking)
    for agreement in lacking:
        agreement.sides = [copy(party) for party in rows[agreement.pk]]
        for party in agreement.sides:
            party.agreement = agreement


def read_holders(parties: Iterable[Party]) -> None:
    """Keeps at hand who holds these sides, with their names (one query, for any number)."""
    lacking = [p for p in parties if not ("organisation" in vars(p) or _is_read(p, "spells"))]
    found = _holders(party.pk for party in lacking)
    for party in lacking:
        party.organisation = found[party.pk]


def spells_today(organisation_id: int | None) -> models.QuerySet[PartySpell]:
    """How an organisation holds its sides today, to filter by."""
    return PartySpell.objects.filter(holds_on(clock.today()), organisation=organisation_id or 0)


@each_once(Party, PartySpell, Organisation, OrganisationName)
def _sides(agreements: Collection[int]) -> dict[int, list[Party]]:
    """Each side was held from the start: its spells bring it."""
    spells: dict[int, list[PartySpell]] = defaultdict(list)
    for spell in _spells(Q(party__agreement__in=agreements)).select_related("party"):
        spells[spell.party_id].append(spell)
    found: dict[int, list[Party]] = {pk: [] for pk in agreements}
    for of_one in sorted(spells.values(), key=lambda spells: spells[0].party.position):
        party = of_one[0].party
        party.organisation, party.left_on = _holder(of_one), _left(of_one)
        party.former = _former(of_one)
        found[party.agreement_id].append(party)
    return found


@each_once(PartySpell, Organisation, OrganisationName)
def _holders(parties: Collection[int]) -> dict[int, Organisation]:
    spells: dict[int, list[PartySpell]] = {pk: [] for pk in parties}
    for spell in _spells(Q(party__in=spells)):
        spells[spell.party_id].append(spell)
    return {pk: _holder(of_one) for pk, of_one in spells.items()}


def _spells(which: Q) -> models.QuerySet[PartySpell]:
    """With the organisations and what they are called today."""
    rows = PartySpell.objects.filter(which).select_related("organisation")
    return rows.annotate(called=name_today("organisation")).order_by("pk")


def _holder(spells: list[PartySpell]) -> Organisation:
    """Who holds the side today; the last holder once nobody does."""
    in_order = sorted(spells, key=lambda spell: spell.starts_on or date.min)
    held = [spell for spell in in_order if spell.is_current]
    spell = (held or in_order)[-1]
    spell.organisation.name_read = getattr(spell, "called", None)
    return spell.organisation


def _former(spells: list[PartySpell]) -> list[PartySpell]:
    """The ended ones of organisations that hold it no more, with their names of today."""
    now = _holder(spells).pk
    ended = [each for each in spells if each.organisation_id != now and not each.is_current]
    before = [each for each in ended if each.ends_on and each.ends_on < clock.today()]
    for spell in before:
        spell.organisation.name_read = getattr(spell, "called", None)
    return sorted(before, key=lambda spell: spell.starts_on or date.min)


def _left(spells: list[PartySpell]) -> date | None:
    if any(spell.ends_on is None or spell.ends_on >= clock.today() for spell in spells):
        return None
    return max((spell.ends_on for spell in spells if spell.ends_on), default=None)


def _is_read(row: models.Model, related: str) -> bool:
    """Whether the query that read the row read these related rows with it."""
    return related in getattr(row, "_prefetched_objects_cache", {})
