"""A practice concern that an upgrade finds half-way: shared, not opened yet, an action due."""

from __future__ import annotations

from agreements.models import Agreement
from escalations.concerns.services.actions import add_action
from escalations.concerns.services.deciding import share_concern
from escalations.concerns.services.opening import open_concern
from mou_portal.demonstration.acts import AMARA, by
from tests.upgrade.steps import in_days


def half_way(agreement: Agreement) -> None:
    with by(AMARA) as amara:
        concern = open_concern(
            by=amara, agreement=agreement, practice_name="A branch surgery", source="figures",
            severity="moderate", known="Half as many health checks as last year.",
        )  # fmt: skip
        others = [party for party in agreement.sides if party.pk != concern.party_id]
        share_concern(by=amara, concern=concern, parties=others, because="They pay for them.")
        add_action(
            by=amara, concern=concern, what="The practice says why", due_on=in_days(13),
            sees_to_it=amara.who,
        )  # fmt: skip
