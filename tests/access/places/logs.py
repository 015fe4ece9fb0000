from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from agreements.register.services import register_signed
from commitments.logs.said import Said
from commitments.logs.services.recording import record_entry
from commitments.logs.services.references import Reference, keep_reference
from commitments.logs.services.reviewing import review_risk
from commitments.logs.services.sharing import pass_on
from commitments.models import LogShare
from documents.storage import store
from house import clock
from parties.acting import Acting
from tests.access.world import OURS, OURS_ALONE, THEIRS
from tests.cast import acting

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    """Our own entry, which was passed on; a risk with both references; and what others have."""
    agreement = Agreement.objects.get(**world.places["in_force"])
    entry = record_entry(by=world.us, agreement=agreement, kind="engagement", said=_said(OURS))
    risk = record_entry(
        by=world.us, agreement=agreement, kind="risk", said=_said(OURS),
        reference=Reference(f"R {OURS}", f"https://risks.example/{OURS}"),
    )  # fmt: skip
    keep_reference(by=world.other, entry=risk, said=Reference(f"Theirs {OURS}"))
    review_risk(by=world.us, entry=risk, reviewed_on=clock.today(), found=f"It holds {OURS}")
    share = _passed_on(world, entry)
    _elsewhere(world)
    return {
        "log_kind": {"reference": agreement.reference, "kind": "risk"},
        "log_entry": {"key": entry.key},
        "log_risk": {"key": risk.key},
        "log_share": {"key": entry.key, "pk": share.pk},
    }


def _said(canary: str) -> Said:
    return Said(
        f"About {canary}", clock.today(), f"They said {canary}", groups=f"Patients {canary}",
        mechanism=f"By post {canary}",
    )  # fmt: skip


def _passed_on(world: World, entry: Any) -> LogShare:
    """To an agreement that the other party sees as well: it reads the entry there too. And one that
    is ours and a third party's alone, whose canary it never meets."""
    both = Agreement.objects.get(**world.places["registered"])
    ours = _registered(world, world.us, world.cast.third_ccg, OURS_ALONE)
    _beside(world.us, ours, OURS_ALONE)
    (share,) = pass_on(by=world.us, entry=entry, agreements=[both])
    pass_on(by=world.us, entry=entry, agreements=[ours])
    return share


def _elsewhere(world: World) -> None:
    """The stranger's own, which our people must never meet."""
    stranger = acting(world.cast.stranger)
    _beside(stranger, _registered(world, stranger, world.cast.third_ccg, THEIRS), THEIRS)


def _beside(by: Acting, agreement: Agreement, canary: str) -> None:
    for kind in ("learning", "engagement", "risk"):
        record_entry(by=by, agreement=agreement, kind=kind, said=_said(canary))


def _registered(world: World, by: Acting, ccg: Any, canary: str) -> Agreement:
    today = clock.today()
    return register_signed(
        by=by, template_version=world.template.versions.published().get(),
        title=f"Logs {canary}", organisations={"area_team": by.on_behalf_of, "ccg": ccg},
        file=store(f"%PDF-1.7 {canary}".encode(), name=f"{canary}.pdf",
                   content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
