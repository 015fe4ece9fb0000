"""A review that the other party recorded, so that ours is asked to confirm it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from agreements.services.reviewing import Outcome, record_review, say_of_review
from house import clock
from tests.access.world import OURS

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    today = clock.today()
    said = Outcome(today, "vary", today + timedelta(days=200), note=f"Said {OURS}.")
    review = record_review(
        by=world.other,
        agreement=Agreement.objects.get(reference=reference),
        number=1,
        said=said,
    )
    say_of_review(by=world.us, review=review, agrees=False, reason=f"Not so: {OURS}.")
    return {"review": {"reference": reference, "pk": review.pk}}
