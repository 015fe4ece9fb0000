"""A record of shared data of ours with a word of the other party, and one of theirs; the
stranger's own, under an agreement with somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.data_sharing.said import End, Said
from agreements.data_sharing.services import change_sharing, record_sharing, say_of_sharing
from agreements.models import Agreement, DataSharing
from house import clock
from parties.acting import Acting
from tests.access.world import OURS, THEIRS
from tests.cast import acting

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    ours, theirs = (_shared(by, agreement, OURS) for by in (world.us, world.other))
    say_of_sharing(
        by=world.other, record=ours, edit_no=2, agrees=False, because=f"Not right {OURS}."
    )
    elsewhere = Agreement.objects.filter(access__organisation=world.cast.far_ccg)
    _shared(acting(world.cast.stranger), elsewhere.filter(state="in_force").earliest("pk"), THEIRS)
    at = {"reference": agreement.reference}
    return {"sharing": at | {"pk": ours.pk}, "their_sharing": at | {"pk": theirs.pk}}


def _shared(by: Acting, agreement: Agreement, canary: str) -> DataSharing:
    """With the canary in all that somebody can type, in an entry and in the one before it."""
    own = next(each for each in agreement.sides if each.organisation.pk == by.organisation_id)
    facts: dict[str, Any] = {
        "sender": End(own), "receiver": End(None, f"A laboratory {canary}"),
        "purpose": f"Purpose {canary}", "safeguards": f"Safeguards {canary}",
        "confidentiality": f"Consent {canary}", "dpia": canary, "agreed_on": clock.today(),
        "basis": "e",
    }  # fmt: skip
    record = record_sharing(by=by, agreement=agreement, said=Said(what=f"Data {canary}", **facts))
    again = DataSharing.objects.select_related("agreement").get(pk=record.pk)
    change_sharing(
        by=by, record=again, edit_no=1, said=Said(what=f"Other data {canary}", **facts),
        because=f"Changed {canary}.",
    )  # fmt: skip
    return again
