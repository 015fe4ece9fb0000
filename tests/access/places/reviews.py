"""A review that the other party recorded, a clause reviewed by hand, contacts confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreements.by_hand.services import say_by_hand
from agreements.contacts.services.confirming import confirm_all
from agreements.contacts.services.naming import name_contact
from agreements.models import Agreement
from agreements.reviews.services import Outcome, record_review, say_of_review
from house import clock
from tests.access.world import OURS

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    today, agreement = clock.today(), Agreement.objects.get(reference=reference)
    party = agreement.parties.get(slot="area_team")
    viewer = world.cast.viewer.person
    name_contact(by=world.us, party=party, role="quality_lead", person=viewer)
    confirm_all(by=world.us, party=party)
    said = Outcome(today, "vary", today + timedelta(days=200), note=f"Said {OURS}.")
    review = record_review(
        by=world.other,
        agreement=agreement,
        number=1,
        said=said,
    )
    say_of_review(by=world.us, review=review, agrees=False, because=f"Not so: {OURS}.")
    [look] = say_by_hand(
        by=world.us, agreement=agreement, clauses=["improvement-plans"], reviewed_on=today,
        found=f"On file {OURS}.",
    )  # fmt: skip
    here = {"reference": reference}
    return {"review": here | {"pk": review.pk}, "by_hand": here | {"pk": look.pk}}
