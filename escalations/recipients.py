"""Who is told by e-mail: whoever acts at a level, and the MoU managers."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.core.telling import managers_of
from agreements.models import Party
from agreements.terms import Level
from deadlines.kinds import Recipient, of_person, of_team
from escalations.models import Disagreement
from escalations.queries.people import OnLevel, People


def of_level(
    people: People, disagreement: Disagreement, level: Level, party: Party
) -> list[Recipient]:
    """Whoever acts for the side at the level; its MoU manager where nobody does or can be told.

    The MoU manager is told too where they have to record what somebody decides.
    """
    on = people.on(disagreement, level, party)
    found = list(_of(on))
    if not found or any(people.must_be_recorded_for(person, party) for person in on.people):
        found += managers_of(party)
    return found


def _of(on: OnLevel) -> Iterator[Recipient]:
    if on.team:
        yield of_team(on.team)
        return
    organisation = on.party.organisation
    acts = f"you act for {organisation} at the level “{on.level.label}”."
    if on.deputy_of:
        acts = f"{on.deputy_of} is away, and as the deputy {acts}"
    for person in on.people:
        if recipient := of_person(person, organisation, acts):
            yield recipient
