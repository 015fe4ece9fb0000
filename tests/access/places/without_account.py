"""A practice that has nobody here, asked to sign by a link; and lists of addresses to sign by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parties.models import CheckedAddress
from parties.services.addresses import Typed, enter_addresses
from tests.access.world import OTHERS_ALONE, OURS_ALONE, THEIRS
from tests.cast import acting, user
from tests.without_account import asked_by_link, party_of, sent_to_practice

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    cast = world.cast
    version = sent_to_practice(cast, word=OURS_ALONE)
    asked = asked_by_link(cast, version)
    at = {"reference": version.agreement.reference}
    # Waits for each organisation's own people: entered by somebody who asks for no page.
    _waiting(cast.ccg, OTHERS_ALONE)
    _waiting(cast.far_ccg, THEIRS)
    return {
        "to_practice": at | {"seq": version.seq, "party": party_of(version).pk},
        "sent_link": at | {"pk": asked.pk},
        "address": {"pk": _waiting(cast.area_team, OURS_ALONE).pk},
    }


def _waiting(of: Any, word: str) -> CheckedAddress:
    by = acting(user(f"Enid of {of}", of, "editor"))
    typed = Typed(of, f"Somebody {word}", f"{word}@practice.example")
    return enter_addresses(by=by, typed=[typed])[0]
