"""What somebody planned and has not brought to its end, for handing it over."""

from __future__ import annotations

from communications.heads_ups.presenters.words import url_of as url_of_heads_up
from communications.heads_ups.services.leaving import heads_up_key
from communications.models import Announcement
from communications.presenters.words import kind_of, url_of
from communications.queries.planned import Planned
from communications.services.leaving import announcement_key
from nhsuk.dates import day
from parties.holdings import Holding
from parties.who import DRAFTERS


def holding_of(planned: Planned) -> Holding:
    """An announcement or a heads-up: who follows sees to it from the last day on."""
    on = day(planned.planned_for)
    if isinstance(planned, Announcement):
        return Holding(
            f"Planned a {kind_of(planned)} for {on}",
            url_of(planned),
            key=announcement_key(planned),
            otherwise="With your press team and MoU managers",
            needs=DRAFTERS.roles,
        )
    return Holding(
        f"Gave a heads-up, planned for {on}",
        url_of_heads_up(planned),
        key=heads_up_key(planned),
        otherwise="With your MoU managers",
        needs=DRAFTERS.roles,
    )
