from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.associated.said import Brought
from agreements.models import Agreement, Party
from agreements.register.services import register_signed
from commitments.models import Action, Commitment
from commitments.owed.said import Lead, When
from commitments.owed.services.occurrences import SaidOf, record_standing
from commitments.owed.services.recording import change_commitment, record_commitment
from commitments.services.changing import close_action
from commitments.services.recording import record_action
from documents.storage import store
from documents.uploads import BroughtPdf, Mended
from house import clock
from parties.acting import Acting
from parties.models import Person
from tests.cast import acting, person_of

if TYPE_CHECKING:
    from tests.access.world import World

PDF = b"%PDF-1.7 what shows it"
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
    return _owed(world, agreement, ours) | {
        "action": {"key": named.key},
        "action_done": {"key": done.key},
        "action_for_us": {"key": _action(world.other, ours, OURS).key},
    }


def _owed(world: World, agreement: Agreement, ours: Party) -> dict[str, dict[str, Any]]:
    """What we owe: led by our viewer; recorded by the other party; on a timetable; and what was
    said of it by us, with a file and a table, and by them."""
    today = clock.today()
    led = _commitment(world.us, ours, OURS, When("once", due_on=today))
    lead, when = Lead(person_of(world.cast.viewer)), When("once", due_on=today)
    change_commitment(
        by=world.us, commitment=led, edit_no=0, lead=lead, details=f"Details {OURS}", when=when
    )
    for_us = _commitment(world.other, ours, OURS, When())
    listed = _commitment(world.us, ours, OURS, When("monthly", by_timetable=True))
    standing = _commitment(world.us, ours, OURS, When())
    standing.columns = ["Role"]
    standing.save()
    mended = BroughtPdf(PDF, Mended(PDF + b"%%EOF", ("end",), 1))
    said = record_standing(
        by=world.us, commitment=standing,
        said=SaidOf("done", today, shown_by=f"Seen {OURS}", figures=[[OURS]],
                    brought=Brought(mended, f"{OURS}.pdf")),
    )  # fmt: skip
    by_them = record_standing(
        by=world.other, commitment=standing, said=SaidOf("nothing", shown_by=f"None {OURS}")
    )
    return {
        "owed": {"key": led.key},
        "owed_time": {"key": led.key, "first": today.isoformat(), "number": 1},
        "owed_for_us": {"key": for_us.key},
        "owed_listed": {"key": listed.key},
        "owed_standing": {"key": standing.key},
        "owed_said": {"pk": said.pk},
        "owed_said_by_them": {"pk": by_them.pk},
    }


def _commitment(by: Acting, owed_by: Party, canary: str, when: When) -> Commitment:
    return record_commitment(
        by=by, agreement=owed_by.agreement, what=f"Send it {canary}", owed_by=owed_by, when=when
    )


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
