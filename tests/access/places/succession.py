"""One that our organisation records, one by which another would take its place, and two MoUs: our
organisation took over a side of one, the other party a side of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.models import SuccessionMove
from agreements.succession.services.recording import agree, confirm, prepare
from house import clock
from jobs.sweep import work_due
from parties.acting import Acting, acting_for
from parties.models import Organisation, Role
from tests.cast import acting, organisation, user
from tests.costs import signed_by

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    system, ours = acting_for(world.cast.system_administrator), world.cast.area_team
    admin = acting(world.cast.administrator)
    small = organisation("Small Team", Organisation.Kind.AREA_TEAM)
    sides = {"area_team": small, "ccg": world.cast.ccg}
    taken = signed_by(acting(user("Sam Small", small, Role.MANAGER)), sides)
    little = organisation("Little CCG")
    theirs = signed_by(world.us, {"area_team": ours, "ccg": little})
    _all_of(system, small, ours)
    _all_of(system, little, world.cast.ccg)
    other = organisation("Other Team", Organisation.Kind.AREA_TEAM)
    recorded = prepare(by=admin, old=other, new=ours, on=clock.today(), instrument="An order")
    chief = acting(user("Otto Other", other, Role.ADMINISTRATOR))
    asked = prepare(
        by=chief, old=ours, new=other, on=clock.today(), instrument="A wish", full=False
    )
    confirm(by=chief, succession=asked)
    moves = {move.agreement_id: move.pk for move in SuccessionMove.objects.all()}
    return {
        "succession": {"key": recorded.key},
        "our_place": {"key": asked.key},
        "taken_over": {"reference": taken.reference, "pk": moves[taken.pk]},
        "theirs_now": {"reference": theirs.reference, "pk": moves[theirs.pk]},
    }


def _all_of(by: Acting, old: Organisation, new: Organisation) -> None:
    found = prepare(by=by, old=old, new=new, on=clock.today(), instrument="An order")
    agree(by=by, succession=found)
    work_due()
