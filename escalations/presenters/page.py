"""The page of a disagreement for one reader."""

from __future__ import annotations

from functools import cached_property

from deadlines.holidays import holidays_of
from deadlines.models import Holiday
from escalations.models import Disagreement, Step
from escalations.presenters.actions import Actions
from escalations.presenters.levels import LevelView, level_views
from escalations.presenters.parts import Parts
from escalations.presenters.story import story_of
from escalations.presenters.words import heading, tag_of, with_others
from escalations.queries.people import People
from escalations.rules.levels import Stay
from escalations.rules.proposals import awaited
from escalations.rules.who import Standing
from house import clock
from nhsuk.components import IndexEntry, Tag, TimelineEntry
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting


class DisagreementPage:
    """Reads its rows once (sixteen queries at most). `disagreement` has agreement and version."""

    def __init__(self, disagreement: Disagreement, acting: Acting) -> None:
        self.disagreement, self.acting = disagreement, acting
        self.people = People([disagreement])
        self.reader = Standing(acting, disagreement, self.people)
        visible = Step.objects.visible_to(acting).filter(disagreement=disagreement)
        self.steps = list(
            visible.select_related("by__person", "for_person", "named", "about").order_by(
                "at", "pk"
            )
        )
        self.parts = Parts(self.reader, self.steps)
        self.can = Actions(self.reader, self.parts)
        self.holidays = holidays_of(Holiday.Calendar.ENGLAND_AND_WALES)

    # --- What it is

    @property
    def caption(self) -> str:
        others = with_others(self.parts.parties, self.acting.organisation_id)
        return f"{heading(self.disagreement.name)} {others}"

    @property
    def tag(self) -> Tag:
        return tag_of(self.disagreement)

    @property
    def state(self) -> str:
        """Where it is, for how long, and whom it waits for."""
        disagreement = self.disagreement
        if disagreement.closed_at:
            opened, closed = day(disagreement.opened_at), day(disagreement.closed_at)
            how = disagreement.get_state_display().lower()
            return f"Opened on {opened} and {how} on {closed}."
        stay = Stay(disagreement.level_since, None)
        how_long = stay.words(clock.today(), self.holidays)
        return f"At the level “{self.reader.level.label}” for {how_long}. {self._waiting}"

    @property
    def _waiting(self) -> str:
        turn = awaited(self.steps, self.disagreement.level, self.parts.parties)
        return f"It waits for {and_list(party.name for party in turn)}."

    @property
    def all_sides(self) -> str:
        return "both sides" if len(self.parts.parties) == 2 else "all sides"

    @property
    def all_others(self) -> str:
        """The names of the other sides."""
        others = [party.name for party in self.parts.parties if party != self.reader.party]
        return and_list(others)

    @property
    def records_for(self) -> str:
        """The person for whom the reader records; empty where they act themselves or not at all."""
        actor = self.reader.actor() if self.disagreement.is_open else None
        return actor.for_person.name if actor and actor.for_person else ""

    @cached_property
    def agreed(self) -> Step | None:
        return next((step for step in self.steps if step.kind == Step.Kind.AGREED), None)

    @cached_property
    def withdrawn(self) -> Step | None:
        return next((step for step in self.steps if step.kind == Step.Kind.WITHDRAWN), None)

    @cached_property
    def followed_by(self) -> list[Disagreement]:
        return list(self.disagreement.followed_by.select_related("agreement", "version"))

    # --- Sections

    @cached_property
    def levels(self) -> list[LevelView]:
        return level_views(self.reader, self.steps, self.holidays)

    @property
    def story(self) -> list[TimelineEntry]:
        return story_of(self.disagreement, self.steps, self.parts.names)

    @property
    def index(self) -> list[IndexEntry]:
        counted = len(self.parts.notes())
        return [
            IndexEntry("Levels", "levels"),
            IndexEntry("What each side wants", "wanted"),
            IndexEntry("Proposals", "proposals"),
            IndexEntry("Advice", "advice"),
            IndexEntry("Notes", "notes", str(counted) if counted else ""),
            IndexEntry("What happened", "happened"),
        ]
