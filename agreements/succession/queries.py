"""Which agreements an organisation holds from a day on, and what successions did to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from agreements.core.parties import parties_of
from agreements.models import (
    Agreement,
    Party,
    PartySpell,
    SuccessionMove,
    SuccessionWord,
)
from house.answers import PassingOn
from house.once import once_a_page
from house.rooms import rooms
from parties.models import Organisation, Succession
from parties.offers import Organisations


def whose_place(but: Organisation | None) -> Organisations:
    """Every organisation, those that have closed too: one closes before another takes its place."""
    every = Organisation.objects.all()
    return Organisations(every.exclude(pk=but.pk) if but else every)


def held_from(organisation_id: int, on: date) -> QuerySet[Agreement]:
    """Those in which it holds a side on this day or later."""
    still = Q(ends_on=None) | Q(ends_on__gte=on)
    spells = PartySpell.objects.filter(still, organisation=organisation_id)
    return Agreement.objects.filter(pk__in=spells.order_by().values("party__agreement"))


def going_over(succession: Succession) -> QuerySet[Agreement]:
    """In full all of them; in part those that were chosen."""
    found = held_from(succession.old_id, succession.on)
    if succession.full:
        return found
    return found.filter(pk__in=succession.moves.order_by().values("agreement"))


def beside(found: Succession) -> QuerySet[Succession]:
    """The others of the two organisations that are asked for, planned or begun."""
    old, new = found.old_id, found.new_id
    rows = Succession.objects.filter(Q(old=old) | Q(old=new) | Q(new=old)).exclude(pk=found.pk)
    return rows.exclude(state__in=Succession.IDLE).select_related("old", "new")


def comes_first(succession: Succession) -> QuerySet[Succession]:
    """What the old one is still to take over itself, before in full all that it has goes over."""
    earlier = Q(state="planned", on__lt=succession.on) | Q(state="running")
    rows = Succession.objects.filter(earlier, new=succession.old_id)
    return rows if succession.full else rows.none()


def preview(succession: Succession) -> list[PassingOn]:
    """What goes over and what stays, by kind, as every room says it."""
    pks = list(going_over(succession).values_list("pk", flat=True))
    if not succession.full and succession.is_asked:
        pks = list(held_from(succession.old_id, succession.on).values_list("pk", flat=True))
    # The agreements themselves first.
    in_order = sorted(rooms(), key=lambda room: room.name != "agreements.succession")
    asked = (room.to_pass_on(succession.old, pks, full=succession.full) for room in in_order)
    return [each for found in asked for each in found if each.count]


@dataclass
class Moved:
    """An agreement that went over, with the newest word of each other party."""

    move: SuccessionMove
    words: dict[int, SuccessionWord] = field(default_factory=dict)

    @cached_property
    def parties(self) -> list[Party]:
        """Those whose side went over by it."""
        spells = PartySpell.objects.filter(succession=self.move.succession_id)
        of = set(spells.values_list("party", flat=True))
        return [party for party in parties_of(self.move.agreement) if party.pk in of]

    @property
    def not_right(self) -> list[SuccessionWord]:
        return [word for word in self.words.values() if not word.agrees]


@once_a_page
def moved_of(agreement: Agreement) -> list[Moved]:
    """The successions of one agreement that have happened, the newest first (two queries)."""
    rows = SuccessionMove.objects.filter(agreement=agreement, moved_at__isnull=False)
    rows = rows.select_related("succession__old", "succession__new", "chosen_by__person")
    found = {move.pk: Moved(move) for move in rows.order_by("-moved_at", "-pk")}
    for moved in found.values():
        moved.move.agreement = agreement
    for word in _words(found):
        found[word.move_id].words[word.organisation_id] = word
    return list(found.values())


def _words(moves: Iterable[int]) -> Iterable[SuccessionWord]:
    rows = SuccessionWord.objects.filter(move__in=list(moves))
    return rows.select_related("user__person", "organisation").order_by("at", "pk")
