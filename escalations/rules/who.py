"""Who may do what about a disagreement (decision record 0010).

People on the level act. Where such a person has no account or is away, their MoU manager records
what they did. Those of the levels below, editors and MoU managers add notes; members read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.terms import Level
from escalations.models import Disagreement
from escalations.queries.people import OnLevel, People
from escalations.rules.levels import above, present, up_to
from house.refusals import NotYours
from parties.acting import Acting
from parties.models import Person, Role
from parties.who import DRAFTERS


@dataclass(frozen=True)
class Actor:
    """Somebody who may act; with `for_person` they record what that person did."""

    for_person: Person | None = None


class ReaderRights:
    """What one reader may do about one disagreement, for the side they act for."""

    def __init__(self, acting: Acting, disagreement: Disagreement, people: People) -> None:
        self.acting, self.disagreement, self.people = acting, disagreement, people
        sides, own = people.parties(disagreement), acting.organisation_id
        held = [party for party in sides if party.organisation.pk == own]
        if not held:
            raise NotYours(f"Your organisation has no part in this {disagreement.word}.")
        self.party = held[0]

    @property
    def level(self) -> Level:
        return present(self.disagreement)

    def on(self, level: Level) -> OnLevel:
        """Who acts for the reader's side there."""
        return self.people.on(self.disagreement, level, self.party)

    def actor(self, level: Level | None = None) -> Actor | None:
        """How the reader acts at a level, the present one if none is named; None: not at all."""
        here = self.on(level or self.level).people
        if self._own_id in {person.pk for person in here}:
            return Actor()
        if self.acting.has(Role.MANAGER):
            for person in here:
                if self.people.must_be_recorded_for(person, self.party):
                    return Actor(for_person=person)
        return None

    def require_actor(self, *others: Level) -> Actor:
        """Raises NotYours, naming who may, for somebody who is on none of these levels."""
        for level in (self.level, *others):
            if actor := self.actor(level):
                return actor
        on = self.on(self.level)
        if on.is_vacant:
            raise NotYours(
                f"Nobody acts for {self.party.name} at the level “{self.level.label}” yet. "
                "Your MoU manager says who does."
            )
        raise NotYours(
            f"Only those at the level “{self.level.label}” may do this. "
            f"For {self.party.name} that is {on.names}."
        )

    def targets(self) -> list[Level]:
        """Where the reader may take it: up from their level, or up to their own."""
        higher = above(self.disagreement.terms, self.disagreement.level)
        if self.actor():
            return higher
        return [level for level in higher if self.actor(level)]

    def require_targets(self) -> None:
        """Raises NotYours for somebody who can take it nowhere and is not on its level."""
        if not self.targets():
            self.require_actor()

    @property
    def may_add_notes(self) -> bool:
        below = up_to(self.disagreement.terms, self.disagreement.level)
        return DRAFTERS.includes(self.acting) or self._is_on(below)

    def require_notes(self) -> None:
        if not self.may_add_notes:
            raise NotYours(
                "Only those at this level or below, editors and MoU managers may write here."
            )

    @property
    def to_come(self) -> list[Level]:
        """The present level and those above it."""
        return [self.level, *above(self.disagreement.terms, self.disagreement.level)]

    def may_name(self, level: Level) -> bool:
        """Whether the reader says who acts for their side at a level."""
        free = self.on(level).source == "named" and level in self.to_come
        return free and self.acting.has(Role.MANAGER)

    def _is_on(self, levels: Iterable[Level]) -> bool:
        return any(
            self._own_id in {person.pk for person in self.on(level).people} for level in levels
        )

    @property
    def _own_id(self) -> int:
        return getattr(self.acting.user, "person_id", None) or 0
