from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement, Party
from agreements.register.services import register_signed
from commitments.models import Action
from commitments.services.changing import close_action
from commitments.services.recording import record_action
from documents.storage import store
from house import clock
from parties.acting import Acting
from parties.models import Person
from tests.cast import acting, person_of

if TYPE_CHECKING:
    from tests.access.world import World

OURS = "canary-robin-8841"
THEIRS = "canary-wren-2297"


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    ours = agreement.parties.get(slot="area_team")
    viewer = person_of(world.cast.viewer)
    named = _action(world.us, ours, OURS, person=viewer)
    done = _action(world.us, ours, OURS)
    close_action(by=world.us, action=done, as_what="done", because=f"Done {OURS}")
    _elsewhere(world)
    return {
        "action": {"key": named.key},
        "action_done": {"key": done.key},
        "action_for_us": {"key": _action(world.other, ours, OURS).key},
    }


def _action(by: Acting, owner: Party, canary: str, person: Person | None = None) -> Action:
    return record_action(
        by=by, agreement=owner.agreement, what=f"Send the list {canary}", owner=owner,
        person=person, details=f"Details {canary}", due_on=clock.today(),
    )  # fmt: skip


def _elsewhere(world: World) -> None:
    """The stranger's own, which our people must never meet in a list."""
    stranger, today = acting(world.cast.stranger), clock.today()
    agreement = register_signed(
        by=stranger, template_version=world.template.versions.published().get(),
        title=f"Elsewhere {THEIRS}",
        organisations={"area_team": world.cast.far_ccg, "ccg": world.cast.third_ccg},
        file=store(b"%PDF-1.7 elsewhere", name="elsewhere.pdf", content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    _action(stranger, agreement.parties.get(slot="ccg"), THEIRS)
