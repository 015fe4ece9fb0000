from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from house import clock
from meetings.models import Series
from meetings.services.actions import Agreed
from meetings.services.agenda import add_item
from meetings.services.recording import Account, record_elsewhere
from meetings.services.scheduling import schedule_meeting
from meetings.services.series import make_series
from tests.cast import person_of

if TYPE_CHECKING:
    from tests.access.world import World

OURS = "canary-robin-8841"


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    wider = Series.objects.get(serves__agreement=agreement, purpose=Series.Purpose.WIDER)
    own = make_series(
        by=world.us, agreements=[agreement], name=f"Quality group {OURS}", cadence="monthly",
        standing=[f"Learning {OURS}"],
    )  # fmt: skip
    meeting = schedule_meeting(
        by=world.us, series=wider, day=clock.today() + timedelta(days=9), place=f"Room {OURS}"
    )
    item = add_item(by=world.us, meeting=meeting, heading=f"Visits {OURS}", body=f"Body {OURS}")
    account = Account(
        notes=f"Notes {OURS}",
        came=[(world.cast.area_team, person_of(world.cast.viewer))],
        others=[f"A nurse {OURS}"],
        agreed=[Agreed(f"Send it {OURS}", agreement.parties.get(slot="ccg"))],
    )
    held = record_elsewhere(by=world.us, series=own, day=clock.today(), account=account)
    theirs = record_elsewhere(by=world.other, series=wider, day=clock.today(), account=account)
    return {
        "series": {"key": wider.key},
        "own_series": {"key": own.key},
        "meeting": {"key": meeting.key},
        "agenda_item": {"key": meeting.key, "pk": item.pk},
        "held_meeting": {"key": held.key},
        "meeting_of_theirs": {"key": theirs.key},
    }
