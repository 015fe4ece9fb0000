from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.contacts.services.naming import name_contact
from agreements.models import Agreement
from communications.heads_ups.services.giving import Content, give
from communications.models import HeadsUp, LocalCommittee, OwedTo
from house import clock
from parties.acting import Acting
from parties.models import User
from tests.access.world import OURS
from tests.cast import person_of

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    """Either party gives one, which a viewer of the other is told of."""
    agreement = Agreement.objects.get(**world.places["in_force"])
    for by, slot, user in (
        (world.us, "area_team", world.cast.viewer),
        (world.other, "ccg", world.cast.other_viewer),
    ):
        _liaison(by, agreement, slot, user)
    ours = _given(world.us, agreement)
    theirs = _given(world.other, agreement)
    owed = OwedTo.objects.get(concerned__heads_up=ours, committee=None)
    here = {"public_id": ours.public_id}
    return {
        "heads_up": here,
        "heads_up_for_viewer": {"public_id": theirs.public_id},
        "heads_up_owed": here | {"pk": owed.pk},
        "local_committee": {"pk": LocalCommittee.objects.get(organisation=ours.owner).pk},
    }


def _liaison(by: Acting, agreement: Agreement, slot: str, user: User) -> None:
    party = agreement.parties.get(slot=slot)
    name_contact(by=by, party=party, role="primary_liaison", person=person_of(user))


def _given(by: Acting, agreement: Agreement) -> HeadsUp:
    content = Content("practices", f"Message of {OURS}", f"It says {OURS}", f"To {OURS}")
    return give(
        by=by, content=content, planned_for=clock.now() + timedelta(hours=60),
        agreements=[agreement], committee=("Moors LMC", "office@moors-lmc.example"),
    )  # fmt: skip
