"""A hold of ours on the agreement in force, with a reason that is ours alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from agreements.retention.services.keeping import place_hold
from tests.access.world import OTHERS_ALONE, OURS_ALONE

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    agreement = Agreement.objects.get(reference=reference)
    ours = place_hold(by=world.us, agreement=agreement, kind="dispute", because=f"As {OURS_ALONE}.")
    place_hold(by=world.other, agreement=agreement, kind="dispute", because=f"As {OTHERS_ALONE}.")
    return {"hold": {"reference": reference, "pk": ours.pk}}
