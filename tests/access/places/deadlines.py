from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deadlines.calendars.services import make_feed
from deadlines.calendars.tokens import address_of
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
    feed = make_feed(by=world.us, of_organisation=True)
    without_meetings = make_feed(by=world.us, reference=world.places["drafted"]["reference"])
    return {
        "undelivered": {"pk": _refused(world.us, OURS).pk},
        "feed": {"key": feed.key},
        "feed_address": {"token": token_in(address_of(without_meetings))},
    }


def token_in(address: str) -> str:
    """The secret of a calendar's address."""
    return address.rpartition("/")[2].removesuffix(".ics")


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
