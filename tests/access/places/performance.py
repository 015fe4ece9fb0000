"""Requests of either party, by a standard with all that it may allow, and consultations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.core.parties import parties_of
from agreements.models import Agreement, Party, Template, TemplateVersion
from agreements.register.services import register_signed
from agreements.terms import Slot, Standard, Terms, as_stored
from documents.storage import store
from house import clock
from parties.acting import Acting
from performance.models import Request
from performance.services.consulting import ask_what_is_meant, consult
from performance.services.recording import record_request
from performance.services.saying import name_person
from performance.services.steps import answer, pause
from tests.access.world import OURS, THEIRS
from tests.cast import Cast, acting, person_of
from tests.pdf import a_pdf

if TYPE_CHECKING:
    from tests.access.world import World

STANDARD = Standard(
    key="all", label="Whatever is asked", acknowledge_days=5, answer_days=20, may_pause=True,
    exclusions=("what nobody collects",),
)  # fmt: skip
SIDES = ("area_team", "ccg")


def places(world: World) -> dict[str, dict[str, Any]]:
    cast = world.cast
    agreement = _registered(cast, world.us, {"area_team": cast.area_team, "ccg": cast.ccg})
    ours, theirs = parties_of(agreement)
    asked = [_asked(world.other, theirs, ours) for _ in range(4)]
    named, paused, answered = asked[1:]
    visit = _asked(world.other, theirs, ours, kind="practice_visit")
    name_person(by=world.us, request=named, person=person_of(cast.viewer))
    pause(by=world.us, request=paused, because=f"Which? {OURS}")
    answer(by=world.us, request=answered, text=f"Here. {OURS}")
    unclear = _consulted(world.us, ours, theirs)
    ask_what_is_meant(by=world.us, request=unclear, because=f"Which? {OURS}")
    _elsewhere(world)
    found = {
        "request": asked[0], "request_of_viewer": named, "request_paused": paused,
        "request_answered": answered, "visit": visit,
        "request_by_us": _asked(world.us, ours, theirs),
        "consultation": _consulted(world.us, ours, theirs), "consultation_unclear": unclear,
        "consultation_from_us": _consulted(world.other, theirs, ours),
    }  # fmt: skip
    step = {"key": asked[0].key, "pk": asked[0].steps.get().pk}
    return {name: {"key": each.key} for name, each in found.items()} | {"request_step": step}


def _asked(by: Acting, asker: Party, asked_of: Party, **more: Any) -> Request:
    said = {"kind": "query", "subject": f"How many {OURS}", "details": f"All of {OURS}"} | more
    return record_request(
        by=by, agreement=asker.agreement, asked_of=asked_of, asked_by=asker, **said
    )


def _consulted(by: Acting, asked_of: Party, source: Party) -> Request:
    return consult(
        by=by, agreement=source.agreement, reference=f"FOI {OURS}", subject=f"Minutes {OURS}",
        asked_of=asked_of, source=source, view_by=clock.today() + timedelta(days=10),
    )  # fmt: skip


def _registered(cast: Cast, by: Acting, sides: dict[str, Any]) -> Agreement:
    made = Template.objects.create(
        organisation=by.on_behalf_of, key="with-standards", name="With standards"
    )
    version = TemplateVersion.objects.create(
        template=made, seq=1, state=TemplateVersion.State.PUBLISHED,
        slots=[Slot(key=key, label=key).model_dump(mode="json") for key in SIDES],
        terms=as_stored(Terms(standards=(STANDARD,))),
    )  # fmt: skip
    today = clock.today()
    return register_signed(
        by=by, template_version=version, title="With standards", organisations=sides,
        file=store(a_pdf() + by.on_behalf_of.name.encode(), name="s.pdf",
                   content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip


def _elsewhere(world: World) -> None:
    """The stranger's own, which our people must never meet in a list."""
    stranger, cast = acting(world.cast.stranger), world.cast
    sides = {"area_team": cast.third_ccg, "ccg": cast.far_ccg}
    agreement = _registered(cast, stranger, sides)
    asked_of, asker = parties_of(agreement)
    record_request(
        by=stranger, agreement=agreement, kind="query", subject=f"Theirs {THEIRS}",
        asked_of=asked_of, asked_by=asker, details=THEIRS,
    )  # fmt: skip
