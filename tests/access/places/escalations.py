"""A disagreement of ours, with what the other side keeps to itself about it; and one between two
of the three parties of an agreement.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from agreements.register.services import register_signed
from documents.storage import store
from escalations.models import Disagreement, Step
from escalations.services.naming import name_person
from escalations.services.noting import add_note, ask_advice, record_advice
from escalations.services.opening import open_disagreement
from escalations.services.settling import propose
from house import clock
from tests.access.world import BETWEEN_TWO, OTHERS_ALONE, OURS, OURS_ALONE, THEIRS
from tests.cast import acting, person_of
from tests.disagreements import with_levels
from tests.pdf import a_pdf

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    agreement = Agreement.objects.get(**world.places["in_force"])
    opened = open_disagreement(
        by=world.us, agreement=agreement, subject=f"Visits {OURS}", wanted=f"Fewer. {OURS}"
    )
    _name_theirs(world, opened)
    here: dict[str, Any] = dict(world.places["in_force"]) | {"number": opened.number}
    _elsewhere(world)
    ours = add_note(by=world.us, disagreement=opened, text=f"Only ours. {OURS_ALONE}", own=True)
    add_note(by=world.other, disagreement=opened, text=f"Only theirs. {OTHERS_ALONE}", own=True)
    return {
        "disagreement": here,
        "level": here | {"level": "those_responsible"},
        "proposal": here | {"pk": _proposal(world, opened).pk},
        "advice": here | {"pk": _advice(world, opened).pk},
        "own_note": here | {"pk": ours.pk},
        "between_two": _between_two(world),
    }


def _between_two(world: World) -> dict[str, Any]:
    """Everybody may read the agreement; only ours and the other party the disagreement."""
    cast, today = world.cast, clock.today()
    # Who looks for it there (test_between_two.py).
    assert cast.third_manager
    sides = {"area_team": cast.area_team, "ccg": cast.ccg, "third": cast.third_ccg}
    agreement = register_signed(
        by=world.us, template_version=with_levels(cast, [("Level", {})], sides=tuple(sides)),
        title="Of three", organisations=sides,
        file=store(a_pdf(), name="three.pdf", content_type="application/pdf"),
        signed_on=today, review_on=today + timedelta(days=365),
    )  # fmt: skip
    opened = open_disagreement(
        by=world.us, agreement=agreement, subject=f"Two of us {BETWEEN_TWO}",
        wanted=f"More. {BETWEEN_TWO}", between=agreement.parties.filter(slot="ccg"),
    )  # fmt: skip
    _name_theirs(world, opened)
    add_note(by=world.us, disagreement=opened, text=f"For both. {BETWEEN_TWO}", own=False)
    level = opened.level
    propose(by=world.other, disagreement=opened, at_level=level, text=f"Half. {BETWEEN_TWO}")
    asked = ask_advice(
        by=world.us, disagreement=opened, at_level=level, adviser=f"LMC {BETWEEN_TWO}",
        on=today, text=f"How much? {BETWEEN_TWO}",
    )  # fmt: skip
    record_advice(by=world.us, asked=asked, on=today, text=f"Half. {BETWEEN_TWO}")
    return {"reference": agreement.reference, "number": opened.number}


def _name_theirs(world: World, opened: Disagreement) -> None:
    name_person(
        by=world.other, disagreement=opened, level=opened.level,
        person=person_of(world.cast.other_manager),
    )  # fmt: skip


def _proposal(world: World, opened: Disagreement) -> Step:
    return propose(
        by=world.other, disagreement=opened, at_level=opened.level, text=f"Monthly. {OURS}"
    )


def _advice(world: World, opened: Disagreement) -> Step:
    return ask_advice(
        by=world.us, disagreement=opened, at_level=opened.level, adviser=f"LMC {OURS}",
        on=clock.today(), text="How often?",
    )  # fmt: skip


def _elsewhere(world: World) -> None:
    """The stranger's own, under an agreement with somebody else."""
    agreement = Agreement.objects.get(
        access__organisation=world.cast.far_ccg, state=Agreement.State.IN_FORCE
    )
    open_disagreement(
        by=acting(world.cast.stranger), agreement=agreement, subject=f"Theirs {THEIRS}",
        wanted=THEIRS,
    )  # fmt: skip
