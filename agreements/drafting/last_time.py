"""Whom a new agreement offers as key contacts: those of the last MoU between the same parties.

Nobody is taken by themselves: who sets it up ticks them. Who has left, or gone, is not offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count

from agreements.core.parties import contacts_in, parties_of
from agreements.drafting.forms.setting_up import Side
from agreements.models import Agreement, KeyContact, PartySpell
from agreements.terms import MANAGER_ROLE, ContactRole
from house import clock
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.models import Role
from parties.models.dated import holds_on


class Offered(NamedTuple):
    """Somebody for one role of one party to come, as a page names them."""

    key: str
    role: str
    person: int
    deputy: int | None
    called: str

    @property
    def value(self) -> str:
        return f"{self.key}/{self.role}/{self.person}"

    @property
    def said(self) -> dict[str, int | None]:
        return {"person": self.person, "deputy": self.deputy}


@dataclass(frozen=True)
class LastTime:
    """The last MoU between the parties that are chosen, and whom it offers; both may lack."""

    agreement: Agreement | None
    offered: Sequence[Offered]

    def said(self, values: Collection[str]) -> dict[str, dict[str, Any]]:
        """What was ticked, as the service takes contacts: party, role, person and deputy."""
        taken: dict[str, dict[str, Any]] = {}
        for each in self.offered:
            if each.value in values:
                taken.setdefault(each.key, {})[each.role] = each.said
        return taken


def last_time(
    acting: Acting, sides: Sequence[Side], chosen: Mapping[str, int], said: Mapping[str, Any]
) -> LastTime:
    """Whom to offer for the roles that nobody was said for, one's own first (six queries, for any
    number of parties).

    `chosen` is which organisation takes which party, `said` the contacts said so far.
    """
    agreement = last_between(acting, set(chosen.values()))
    held = _held(agreement) if agreement else {}
    offers = _Offers(acting, held, _own_roles(acting))
    found = [
        offer
        for side in sorted(sides, key=lambda side: chosen[side.key] != acting.organisation_id)
        for role in side.roles
        if role.key not in said.get(side.key, {})
        for offer in offers.of(side, chosen[side.key], role)
    ]
    return LastTime(agreement if any(held.values()) else None, found)


def last_between(acting: Acting, organisations: Collection[int]) -> Agreement | None:
    """The newest MoU that the reader sees and that was ever in force between all of these."""
    if len(organisations) < 2:
        return None
    seen = Agreement.objects.visible_to(acting).filter(in_force_version__isnull=False)
    between = seen.filter(access__organisation__in=organisations).annotate(
        number=Count("access__organisation", distinct=True)
    )
    newest = between.filter(number=len(organisations)).order_by("-start_on", "-pk")
    return newest.first()


def _held(agreement: Agreement) -> dict[tuple[int, str], KeyContact]:
    """Organisation and role -> who holds it there and is not known to leave."""
    of = {party.pk: party.organisation.pk for party in parties_of(agreement)}
    return {
        (of[party], role): contact
        for (party, role), contact in contacts_in(of).items()
        if contact.person_id and contact.ends_on is None
    }


def _own_roles(acting: Acting) -> set[str]:
    """The contact roles that the reader holds for their organisation today."""
    spells = PartySpell.objects.filter(
        holds_on(clock.today()), organisation=acting.organisation_id or 0
    )
    held = KeyContact.objects.lasting().filter(
        person=acting.who.person_id or 0, party__in=spells.values("party")
    )
    roles = set(held.order_by().values_list("role", flat=True).distinct())
    return roles | ({MANAGER_ROLE} if acting.has(Role.MANAGER) else set())


class _Offers:
    def __init__(
        self, acting: Acting, held: Mapping[tuple[int, str], KeyContact], own_roles: set[str]
    ) -> None:
        self.held, self.own_roles = held, own_roles
        self.me, self.own = acting.who.person_id, acting.organisation_id

    def of(self, side: Side, organisation: int, role: ContactRole) -> Iterator[Offered]:
        """Who held the role last; else the reader, for one that they hold already."""
        here = {value for value, _ in side.people}
        is_own = organisation == self.own
        contact = self.held.get((organisation, role.key))
        if contact and str(contact.person_id) in here:
            # A deputy is the other party's to choose.
            deputy = contact.deputy_id if is_own and str(contact.deputy_id) in here else None
            yield self._offer(side, role, contact.person_id, deputy)
        elif is_own and role.key in self.own_roles and str(self.me) in here:
            yield self._offer(side, role, self.me, None)

    def _offer(
        self, side: Side, role: ContactRole, person: int | None, deputy: int | None
    ) -> Offered:
        assert person  # noqa: S101 - it is among those of the side
        names = dict(side.people)
        who = "You" if person == self.me else names[str(person)]
        with_deputy = f", with {names[str(deputy)]} as deputy" if deputy else ""
        called = f"{who}: {in_sentence(role.label)} of {side.name}{with_deputy}"
        return Offered(side.key, role.key, person, deputy, called)
