from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mail.models import Delivery
from mail.services import queue_mail
from parties.acting import Acting
from tests.cast import acting

if TYPE_CHECKING:
    from tests.access.world import World

OURS = "canary-robin-8841"
THEIRS = "canary-wren-2297"


def places(world: World) -> dict[str, dict[str, Any]]:
    _refused(acting(world.cast.stranger), THEIRS)
    return {"undelivered": {"pk": _refused(world.us, OURS).pk}}


def _refused(of: Acting, canary: str) -> Delivery:
    """An e-mail that the server of its address did not take."""
    queue_mail(
        kind="digest",
        address=f"{canary}@moors.example",
        context={},
        dedupe=canary,
        organisation_id=of.organisation_id,
    )
    Delivery.objects.filter(dedupe=canary).update(
        state="failed", next_try=None, last_error=f"550 Nobody is called {canary}"
    )
    return Delivery.objects.get(dedupe=canary)
