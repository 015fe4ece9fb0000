"""A heads-up that an upgrade finds given and not sent, and a draft on which a team is asked."""

from __future__ import annotations

from datetime import time

from communications.heads_ups.services.giving import Content, give
from communications.heads_ups.services.outcomes import move_sending
from communications.services.sharing import add_draft
from communications.services.teams import ask_team
from house import clock
from mou_portal.demonstration.acts import by
from mou_portal.demonstration.people import organisation_called
from parties.models import Team
from tests.upgrade.steps import ALDERMOOR, CARYS, in_days, in_force, planned


def half_way() -> None:
    """A heads-up that is given and not sent; and a team that is asked about a draft."""
    with by(CARYS) as carys:
        heads_up = give(
            by=carys, agreements=[in_force(ALDERMOOR)],
            content=Content(
                "practices", "New forms", "They come **in May**.", "All practices", "By letter"
            ),
            planned_for=clock.london_instant(in_days(9), time(9)),
            committee=("Northern Dales Local Medical Committee", "lmc@dales-lmc.example"),
        )  # fmt: skip
        move_sending(
            by=carys, heads_up=heads_up, because="The printer is late.",
            planned_for=clock.london_instant(in_days(10), time(9)),
        )  # fmt: skip
    announcement = planned("A new surgery opens", in_days(20))
    with by(CARYS) as carys:
        add_draft(by=carys, announcement=announcement, text="It opens **in June**.")
        team = Team.objects.filter(organisation=organisation_called(ALDERMOOR)).order_by("pk")[0]
        ask_team(by=carys, announcement=announcement, team=team)
