"""An extension that the other party proposed, and an end that ours did; a signed text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import propose_end, record_event
from agreements.models import Agreement
from house import clock
from tests.access.world import OURS

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    agreement, today = Agreement.objects.get(reference=reference), clock.today()
    theirs = propose_end(
        by=world.other, agreement=agreement, on=today + timedelta(days=90), because=f"As {OURS}."
    )
    ours = record_event(by=world.us, agreement=agreement, on=today, because=f"It is {OURS}.")
    answer_change(by=world.other, change=ours, agrees=False, because=f"Not so: {OURS}.")
    at = {"reference": reference}
    return {
        "change": at | {"pk": theirs.pk},
        "signed_version": at | {"seq": agreement.versions.get(state="signed").seq},
        "our_change": at | {"pk": ours.pk},
        "change_open": {**world.places["registered"], "slug": "ending"},
    }
