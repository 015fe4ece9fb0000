"""The page of a disagreement for one reader, and what they can do about it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from agreements.emails.pages import EmailsOn
from escalations.models import Disagreement, Step
from escalations.presenters.between import between_whom
from escalations.presenters.parts import Levels, Parts
from escalations.presenters.story import story_of
from escalations.presenters.words import (
    heading,
    how_long,
    open_url,
    page_of,
    since_when,
    with_others,
)
from escalations.queries.people import People
from escalations.rules.levels import awaited, is_top
from escalations.rules.who import ReaderRights
from nhsuk.components import Button, IndexEntry, TimelineEntry
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting
from parties.who import DRAFTERS


class Actions:
    """The services ask the same `Standing`, so that a button that is shown also works."""

    def __init__(self, reader: ReaderRights, parts: Parts) -> None:
        self.reader, self.parts = reader, parts
        self.disagreement = reader.disagreement

    @cached_property
    def act(self) -> bool:
        """Whether the reader acts at the level, or records for somebody who does."""
        return self.disagreement.is_open and self.reader.actor() is not None

    @property
    def main(self) -> list[Button]:
        """The main one first: answer what is proposed, else propose."""
        found = [self._accept(step) for step in self.parts.to_answer()] if self.act else []
        if self.act:
            text = "Record a joint outcome" if self.at_top else "Make a proposal"
            found.append(Button(text, self._url("propose")))
        if self.disagreement.is_open and self.reader.targets():
            found.append(Button("Take it to the next level", self._url("take_up")))
        return [
            replace(each, kind="secondary" if place else "") for place, each in enumerate(found)
        ]

    def _accept(self, proposal: Step) -> Button:
        text = "Accept the joint outcome" if self.at_top else "Accept the proposal"
        whose = f"of {self.parts.names[proposal.party_id]}"
        return Button(text, self._url("accept", proposal.pk), hidden_text=whose)

    @property
    def at_top(self) -> bool:
        return is_top(self.disagreement.terms, self.disagreement.level)

    @property
    def write(self) -> bool:
        return self.disagreement.is_open and self.reader.may_add_notes

    @property
    def say_wanted(self) -> Button | None:
        text = "Change what we want" if self.parts.own_wanted else "Say what we want"
        return Button(text, self._url("wanted")) if self.write else None

    @property
    def ask_advice(self) -> Button | None:
        return Button("Ask for advice", self._url("advice")) if self.act else None

    @property
    def add_note(self) -> Button | None:
        return Button("Add a note", self._url("note")) if self.write else None

    @property
    def withdraw(self) -> str:
        """Where the side that opened it withdraws it; empty for anybody else."""
        opened_it = self.reader.party.pk == self.disagreement.opened_by_id
        return self._url("withdraw") if self.act and opened_it else ""

    @property
    def open_again(self) -> str:
        """Where a closed one is taken up again, as a new one that names it."""
        may = self.disagreement.agreement.takes_acts and DRAFTERS.includes(self.reader.acting)
        if self.disagreement.is_open or not may:
            return ""
        return open_url(self.disagreement.agreement) + f"?after={self.disagreement.number}"

    @property
    def bring_in(self) -> str:
        """Where other parties of the agreement get a part in it; empty where there are none."""
        return self._url("bring_in") if self.act and self.parts.to_bring_in else ""

    def _url(self, page: str, *more: object) -> str:
        return page_of(self.disagreement, page, *more)


class DisagreementPage:
    """Reads its rows once (sixteen queries at most). `disagreement` has agreement and version."""

    def __init__(self, disagreement: Disagreement, acting: Acting) -> None:
        self.disagreement, self.acting = disagreement, acting
        self.people = People([disagreement])
        self.reader = ReaderRights(acting, disagreement, self.people)
        visible = Step.objects.visible_to(acting).filter(disagreement=disagreement)
        rows = visible.select_related("by__person", "for_person", "named")
        self.steps = list(rows.order_by("at", "pk"))
        by_id = {step.pk: step for step in self.steps}
        for step in self.steps:
            # Read already, and one table less to plan a join of.
            if step.about_id in by_id:
                step.about = by_id[step.about_id]
        self.parts = Parts(self.reader, self.steps)
        self.can = Actions(self.reader, self.parts)
        self.levels = Levels(self.reader, self.steps).steps

    @property
    def caption(self) -> str:
        others = with_others(self.parts.parties, self.acting.organisation_id)
        return f"{heading(self.disagreement.name)} {others}"

    @property
    def state(self) -> str:
        """Where it is, for how long, and whom it waits for."""
        disagreement = self.disagreement
        if disagreement.closed_at:
            return f"Opened on {day(disagreement.opened_at)} and {since_when(disagreement)}."
        turn = awaited(self.steps, disagreement.level, self.parts.parties)
        return (
            f"At the level “{self.reader.level.label}” for {how_long(disagreement)}. "
            f"It waits for {and_list(party.name for party in turn)}."
        )

    @property
    def all_sides(self) -> str:
        return "both sides" if len(self.parts.parties) == 2 else "all sides"

    @property
    def other_sides(self) -> str:
        return "the other side" if len(self.parts.parties) == 2 else "the other sides"

    @property
    def they_answer(self) -> str:
        return "it answers" if len(self.parts.parties) == 2 else "each of them answers"

    @property
    def between(self) -> str:
        return between_whom(self.disagreement)

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

    @property
    def end(self) -> Step | None:
        """The step that closed it: what was agreed, or why it was withdrawn."""
        ends = {Step.Kind.AGREED, Step.Kind.WITHDRAWN}
        return next((step for step in self.steps if step.kind in ends), None)

    @property
    def follows(self) -> Disagreement | None:
        """The one that it takes up again, where the reader had a part in that too."""
        before = self.disagreement.follows
        return before if before and before.concerns(self.reader.party) else None

    @cached_property
    def followed_by(self) -> list[Disagreement]:
        """Those that took it up again and that the reader has a part in."""
        later = self.disagreement.followed_by.select_related("agreement", "version")
        return [each for each in later if each.concerns(self.reader.party)]

    @cached_property
    def emails(self) -> EmailsOn:
        return EmailsOn("disagreement", self.disagreement, self.acting)

    @property
    def story(self) -> list[TimelineEntry]:
        return story_of(self.disagreement, self.steps, self.parts.names)

    @property
    def index(self) -> list[IndexEntry]:
        return [
            IndexEntry("Levels", "levels"),
            IndexEntry("What each side wants", "wanted"),
            IndexEntry("Proposals", "proposals"),
            IndexEntry("Advice", "advice"),
            IndexEntry("Notes", "notes", str(len(self.parts.notes) or "")),
            *([IndexEntry("E-mails", "emails")] if self.emails.is_shown else []),
            IndexEntry("What happened", "happened"),
        ]
