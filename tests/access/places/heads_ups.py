from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from communications.heads_ups.services.feedback import give_feedback
from communications.heads_ups.services.giving import Content, give
from communications.models import HeadsUp, LocalCommittee, OwedTo
from house import clock
from parties.acting import Acting
from tests.access.world import OURS, OURS_ALONE

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    """Either party gives one, of which the MoU manager of the other is told. Ours gives feedback to
    a practice, which the other party does not read."""
    agreement = Agreement.objects.get(**world.places["in_force"])
    ours = _given(world.us, agreement)
    theirs = _given(world.other, agreement)
    owed = OwedTo.objects.get(concerned__heads_up=ours, committee=None)
    here = {"public_id": ours.public_id}
    feedback = give_feedback(
        by=world.us, agreement=agreement, title=f"For one practice {OURS_ALONE}", text=OURS_ALONE,
        practice_name="Beckside", address="office@beckside.example",
    )  # fmt: skip
    return {
        "heads_up": here,
        "feedback": {"public_id": feedback.public_id},
        "heads_up_for_manager": {"public_id": theirs.public_id},
        "heads_up_owed": here | {"pk": owed.pk},
        "local_committee": {"pk": LocalCommittee.objects.get(organisation=ours.owner).pk},
    }


def _given(by: Acting, agreement: Agreement) -> HeadsUp:
    content = Content("practices", f"Message of {OURS}", f"It says {OURS}", f"To {OURS}")
    return give(
        by=by, content=content, planned_for=clock.now() + timedelta(hours=60),
        agreements=[agreement], committee=("Moors LMC", "office@moors-lmc.example"),
    )  # fmt: skip
