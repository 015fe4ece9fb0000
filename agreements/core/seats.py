"""Whether who sits on a committee fits the level at which it commissions (B02).

At the joint level CCGs and NHS England sit there, at the delegated level CCGs alone. What does not
fit is said and bars nothing: the terms or the seats are put right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from agreements.core.parties import parties_of
from agreements.models import Agreement, Party
from agreements.terms import LEVELS, Terms
from house import clock
from nhsuk.words import and_list, in_short
from parties.models import Body, Organisation, Seat
from parties.models.dated import holds_on
from parties.models.organisations import name_today

CCGS: Final = frozenset({Organisation.Kind.CCG, Organisation.Kind.ICB})
NHS_ENGLAND: Final = frozenset({Organisation.Kind.AREA_TEAM})
# Of more committees a sentence says how many they are.
MOST_NAMED = 3


class Member(NamedTuple):
    """An organisation with seats on a committee; none where a seat names no organisation."""

    name: str
    kind: str


def at_levels(agreement: Agreement) -> list[Party]:
    """The parties whose side commissions at levels, each by itself."""
    slots = agreement.template_version.typed_slots
    commissioning = {slot.key for slot in slots if slot.commissions}
    return [party for party in parties_of(agreement) if party.slot in commissioning]


def against_levels(agreement: Agreement, terms: Terms) -> list[str]:
    """A sentence for each committee that names no level, or whose seats contradict it; of many
    alike one for all (one query)."""
    parties = [] if agreement.is_over else at_levels(agreement)
    levels = terms.levels_by_party
    committees = [party for party in parties if party.organisation.is_committee]
    sitting = _members({party.organisation.pk for party in committees})
    unknown = [party for party in committees if party.organisation.pk not in sitting]
    return [
        *_of_many([p for p in parties if p.key not in levels], NO_LEVEL),
        *_of_many([p for p in unknown if p.key in levels], NO_SEATS),
        *(
            sentence
            for party in committees
            if party.key in levels and party not in unknown
            for sentence in _against(party, levels[party.key], sitting[party.organisation.pk])
        ),
    ]


NO_LEVEL: Final = "The terms do not say at which level {who} commission{s}. Change the terms."
NO_SEATS: Final = (
    "No seats are entered for {who}, so they were not compared with the level. An administrator "
    "of the committee enters them on its page."
)


def _of_many(parties: Collection[Party], sentence: str) -> Iterator[str]:
    if parties:
        names = [party.name for party in parties]
        who = in_short(names) if len(names) > MOST_NAMED else and_list(names)
        yield sentence.format(who=who, s="s" if len(names) == 1 else "")


def _against(party: Party, level: str, sitting: Iterable[Member]) -> Iterator[str]:
    """What does not fit, and what to do. Seats of the committee's own, as of its chair, fit."""
    members = list(sitting)
    kinds = {each.kind for each in members}
    commissions = f"{party.name} commissions at {LEVELS[level]}"
    instead = "change the level in the terms"
    if not kinds & CCGS:
        yield f"{commissions}, and no CCG has a seat on it. Add its seat, or {instead}."
    if level == "joint" and not kinds & NHS_ENGLAND:
        yield f"{commissions}, and NHS England has no seat on it. Add its seat, or {instead}."
    others = [each.name for each in members if each.kind and each.kind not in CCGS]
    if level == "delegated" and others:
        yield (
            f"{commissions}, where only CCGs have seats, and {and_list(others)} "
            f"{'has' if len(others) == 1 else 'have'} one. End the seat, or {instead}."
        )
    if "" in kinds:
        yield f"A seat on {party.name} names no organisation. Say for which one it is held."


def _members(committees: Collection[int]) -> dict[int, set[Member]]:
    """Committee -> the organisations with seats on it today, besides itself."""
    found: dict[int, set[Member]] = {}
    if not committees:
        return found
    served = "body__served__"
    rows = Seat.objects.current().filter(
        holds_on(clock.today(), served), body__served__organisation__in=committees,
        body__kind__in=Body.COMMITTEES,
    )  # fmt: skip
    seats = rows.exclude(kind=Seat.Kind.ATTENDEE).annotate(called=name_today("organisation"))
    columns = ("body__served__organisation", "organisation", "organisation__kind", "called")
    for committee, organisation, kind, called in seats.values_list(*columns).distinct():
        members = found.setdefault(committee, set())
        if organisation != committee:
            members.add(Member(called or "", kind or ""))
    return found
