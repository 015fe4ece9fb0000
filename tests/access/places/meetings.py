from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from agreements.register.services import register_signed
from documents.storage import store
from house import clock
from meetings.models import Series
from meetings.services.actions import Agreed, agree_action
from meetings.services.agenda import add_item
from meetings.services.notes import add_note
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
    return _of_several(world, agreement) | {
        "series": {"key": wider.key},
        "own_series": {"key": own.key},
        "meeting": {"key": meeting.key},
        "agenda_item": {"key": meeting.key, "pk": item.pk},
        "held_meeting": {"key": held.key},
        "meeting_of_theirs": {"key": theirs.key},
    }


def _of_several(world: World, agreement: Agreement) -> dict[str, dict[str, Any]]:
    """A group that serves this agreement and one with a third party, of which the other party here
    never reads a word."""
    from tests.access.world import OURS_ALONE

    cast = world.cast
    third = register_signed(
        by=world.us, template_version=agreement.template_version, title=f"Ours {OURS_ALONE}",
        organisations={"area_team": cast.area_team, "ccg": cast.third_ccg},
        file=store(b"%PDF-1.7 third", name="mou.pdf", content_type="application/pdf"),
        signed_on=clock.today(), review_on=clock.today() + timedelta(days=365),
    )  # fmt: skip
    series = make_series(
        by=world.us, agreements=[agreement, third], name="User group", cadence="quarterly"
    )
    coming = schedule_meeting(by=world.us, series=series, day=clock.today() + timedelta(days=9))
    held = record_elsewhere(by=world.us, series=series, day=clock.today(), account=Account("Held."))
    for about, word in ((agreement, OURS), (third, OURS_ALONE)):
        add_item(by=world.us, meeting=coming, heading=f"Item {word}", about=[about])
        agree_action(
            by=world.us, meeting=held, agreed=Agreed(f"Act {word}", about.parties.get(slot="ccg"))
        )
        note = add_note(by=world.us, meeting=held, text=f"Note {word}", about=[about])
    theirs = held.notes_of_some.exclude(pk=note.pk).get()
    row = series.serves.get(agreement=agreement)
    return {
        "group_series": {"key": series.key},
        "group_row": {"key": series.key, "pk": row.pk},
        "group_coming": {"key": coming.key},
        "group_held": {"key": held.key},
        "group_note": {"key": held.key, "pk": theirs.pk},
    }
