"""An MoU of long ago whose time is over, and the stub of another, with why it was disposed of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_end
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import Agreement
from agreements.register.services import register_signed, say_of_copy
from documents.storage import store
from house import clock
from jobs.sweep import work_due
from tests.access.world import OURS, PDF

if TYPE_CHECKING:
    from tests.access.world import World

SIGNED, END = date(2013, 9, 3), date(2014, 9, 2)


def places(world: World) -> dict[str, dict[str, Any]]:
    ended, gone = _ended(world, "ended"), _ended(world, "gone")
    disposal = propose_disposal(by=world.us, agreement=gone, because=f"Nobody reads {OURS}.")
    answer_change(by=world.other, change=disposal, agrees=True)
    with clock.at(clock.now() + timedelta(days=8)):
        work_due()
    return {"ended": {"reference": ended.reference}, "stub": {"reference": gone.reference}}


def _ended(world: World, name: str) -> Agreement:
    sides = {"area_team": world.cast.area_team, "ccg": world.cast.ccg}
    source = Agreement.objects.get(**world.places["registered"]).template_version
    file = store(PDF + name.encode(), name=f"{OURS}.pdf", content_type="application/pdf")
    made = register_signed(
        by=world.us, template_version=source, title=f"Of long ago {OURS}", organisations=sides,
        file=file, signed_on=SIGNED, review_on=None, end_on=END,
    )  # fmt: skip
    say_of_copy(by=world.other, copy=made.registered_copy, agrees=True)
    end = record_end(by=world.us, agreement=made, because=f"It was over: {OURS}.")
    answer_change(by=world.other, change=end, agrees=True)
    return Agreement.objects.get(pk=made.pk)
