"""An agreement on a day, and the notes to the successor that either party keeps to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from agreements.sheets.services import write_note
from house.clock import london_day
from tests.access.world import OTHERS_ALONE, OURS_ALONE

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    agreement = Agreement.objects.get(reference=reference)
    ours, theirs = sorted(agreement.sides, key=lambda p: p.organisation != world.cast.area_team)
    for by, party, words in ((world.us, ours, OURS_ALONE), (world.other, theirs, OTHERS_ALONE)):
        for text in (f"First {words}", f"Ring them before nine: {words}."):
            now = getattr(party, "noted", 0)
            party.noted = write_note(by=by, party=party, edit_no=now, text=text).edit_no  # type: ignore[attr-defined]
    at = {"reference": reference}
    return {
        "stood": at | {"day": london_day(agreement.created_at).isoformat()},
        "handover_note": at | {"slot": ours.key},
    }
