"""How the record of a meeting stands under each agreement for which it was held (record 0055)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agreements.core.sides import other_sides
from agreements.models import Agreement
from meetings.models import Meeting

Standing = Meeting.Standing
# What an organisation said last of a record, by its id: whether it is right.
Words = Mapping[int, bool]
_WORST_FIRST = (Standing.DISPUTED, Standing.AWAITED, Standing.CONFIRMED)


def standing_under(recorded_for: int | None, agreement: Agreement, words: Words) -> Standing:
    """Disputed while a party of this agreement says no; confirmed once one of another side than the
    writer's said yes, and where there is none. Its parties have to be at hand."""
    here = {pk for party in agreement.sides for pk in party.held_by}
    said = {pk: word for pk, word in words.items() if pk in here}
    if not all(said.values()):
        return Standing.DISPUTED
    others = {pk for party in other_sides(agreement, recorded_for) for pk in party.held_by}
    return Standing.AWAITED if others and not others & said.keys() else Standing.CONFIRMED


def worst(found: Iterable[Standing]) -> Standing:
    """Of several agreements the worst; confirmed where there is none."""
    return min(found, key=_WORST_FIRST.index, default=Standing.CONFIRMED)


def standing_of_record(
    recorded_for: int | None, agreements: Iterable[Agreement], words: Words
) -> Standing:
    """The worst under these agreements."""
    return worst(standing_under(recorded_for, each, words) for each in agreements)
