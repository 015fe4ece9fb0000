"""E-mails on record: on a change, on a draft that one viewer of the other party may read, on what
is between two of three; and one that waits for us alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.emails.services import enter_in_error
from agreements.models import Agreement, Change, InboundEmail
from communications.models import Announcement
from documents.storage import store
from escalations.models import Disagreement
from house import clock
from tests.access.world import BETWEEN_TWO, FOR_OTHER_VIEWER, OTHERS_ALONE, OURS, OURS_ALONE, THEIRS
from tests.cast import acting
from tests.emails import eml, put

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    change = agreement.changes.order_by("pk")[0]
    ours = put(world.us, "change", change, eml(subject=f"Hours {OURS}", files={"a.txt": b"x"}))
    theirs = put(world.other, "change", change, eml(subject=f"Days {OURS}"))
    as_such = put(world.us, "agreement", agreement, eml(subject=f"All {OURS}"))
    _in_error(world, change)
    announcement = Announcement.objects.get(drafts__text__contains=FOR_OTHER_VIEWER)
    drafted = put(world.us, "announcement", announcement, _full_of(FOR_OTHER_VIEWER))
    disagreement = Disagreement.objects.get(subject__contains=BETWEEN_TWO)
    put(world.us, "disagreement", disagreement, _full_of(BETWEEN_TWO))
    _elsewhere(world)
    return {
        "emails_on": {"key": "change", "pk": change.pk},
        "email": {"public_id": ours.public_id},
        "their_email": {"public_id": theirs.public_id},
        "email_as_such": {"public_id": as_such.public_id},
        "email_attachment": {"public_id": ours.public_id, "number": 0},
        "email_on_draft": {"public_id": drafted.public_id},
        "email_held": {"public_id": _held(world, agreement).public_id},
    }


def _full_of(canary: str) -> bytes:
    return eml(subject=f"Subject {canary}", sender=f"{canary} <{canary}@moors.example>",
               text=f"Text {canary}", files={f"{canary}.pdf": b"%PDF"})  # fmt: skip


def _in_error(world: World, change: Change) -> None:
    """What its own organisation alone reads from then on."""
    for by, canary in ((world.us, OURS_ALONE), (world.other, OTHERS_ALONE)):
        wrong = put(by, "change", change, _full_of(canary))
        enter_in_error(by=by, email=wrong, because="Of something else.")


def _held(world: World, agreement: Agreement) -> InboundEmail:
    assert world.us.organisation
    return InboundEmail.objects.create(
        agreement=agreement, organisation=world.us.organisation, digest="0" * 64,
        sender_address="nemo@elsewhere.example", subject=f"Held {OURS_ALONE}",
        text=f"Held {OURS_ALONE}", because="The portal does not know its sender.",
        came_at=clock.now(),
        file=store(eml(subject=OURS_ALONE), name="e-mail.eml", content_type="message/rfc822"),
    )  # fmt: skip


def _elsewhere(world: World) -> None:
    """The stranger's own, under an agreement with somebody else."""
    theirs = Agreement.objects.filter(access__organisation=world.cast.far_ccg)
    agreement = theirs.filter(state=Agreement.State.IN_FORCE).earliest("pk")
    put(acting(world.cast.stranger), "agreement", agreement, _full_of(THEIRS))
