"""A concern that the Area Team's manager shares with the other party's, and one that they keep.

Of each party others read the agreement, hold every role, and meet nothing of either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreements.models import Agreement
from escalations.concerns.services.actions import add_action
from escalations.concerns.services.deciding import keep_concern, share_concern
from escalations.concerns.services.noting import close_concern, note_more
from escalations.concerns.services.opening import open_concern
from escalations.concerns.services.reading import name_reader
from escalations.models import PracticeConcern
from house import clock
from parties.models import Role
from tests.access.world import KEPT_BY_US, NAMED_ALONE
from tests.cast import person_of, user

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    shared, kept = _recorded(world, NAMED_ALONE), _recorded(world, KEPT_BY_US)
    others = [p for p in shared.agreement.sides if p.pk != shared.party_id]
    share_concern(
        by=world.us, concern=shared, parties=others, because=f"They have to know {NAMED_ALONE}"
    )
    note_more(by=world.other, concern=_now(shared), text=f"We saw it too {NAMED_ALONE}")
    keep_concern(by=world.us, concern=kept, because=f"Not yet {KEPT_BY_US}")
    closed = _recorded(world, NAMED_ALONE)
    share_concern(by=world.us, concern=closed, parties=others, because="They have to know.")
    close_concern(
        by=world.us, concern=_now(closed), outcome=f"It is mended {NAMED_ALONE}",
        open_because=f"They still train {NAMED_ALONE}",
    )  # fmt: skip
    here = {"key": shared.key}
    return {
        "concern": here,
        "concern_closed": {"key": closed.key},
        "concern_kept": {"key": kept.key},
        "concern_action": here | {"number": 1},
        "concern_reader": here | {"pk": _reader(world, shared)},
    }


def _recorded(world: World, canary: str) -> PracticeConcern:
    concern = open_concern(
        by=world.us, agreement=Agreement.objects.get(**world.places["in_force"]),
        practice_name=f"Beckside {canary}", source="cqc", severity="high",
        known=f"What few may know {canary}",
    )  # fmt: skip
    add_action(
        by=world.us, concern=concern, what=f"Ask them {canary}", due_on=clock.today(),
        sees_to_it=world.us.who,
    )  # fmt: skip
    return concern


def _reader(world: World, concern: PracticeConcern) -> int:
    """Somebody who plays no other part: each part of the cast meets nothing of it."""
    named = user("Rita Reader", world.cast.area_team, Role.EDITOR)
    name_reader(by=world.us, concern=_now(concern), person=person_of(named))
    return concern.readers.get(user=named).pk


def _now(concern: PracticeConcern) -> PracticeConcern:
    return PracticeConcern.objects.select_related("agreement").get(pk=concern.pk)
