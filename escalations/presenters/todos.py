"""The line of a disagreement on the home page: what to do, or whom it waits for."""

from __future__ import annotations

from agreements.models import Party
from escalations.models import Disagreement
from escalations.presenters.words import page_of, with_others
from escalations.queries.people import OnLevel, People
from escalations.rules.levels import level_of
from escalations.rules.proposals import awaited, standing
from escalations.rules.who import Standing
from house.room import Todo
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import Role


def todo_of(disagreement: Disagreement, people: People, acting: Acting) -> Todo:
    """`disagreement` has its steps at hand."""
    return _Line(disagreement, people, acting).todo


class _Line:
    def __init__(self, disagreement: Disagreement, people: People, acting: Acting) -> None:
        self.disagreement, self.people, self.acting = disagreement, people, acting
        self.reader = Standing(acting, disagreement, people)
        self.parties = people.parties(disagreement)
        self.level = level_of(disagreement.terms, disagreement.level)
        self.steps = list(disagreement.steps.all())
        self.turn = awaited(self.steps, disagreement.level, self.parties)
        self.what = f"{disagreement.name} {with_others(self.parties, acting.organisation_id)}"

    @property
    def todo(self) -> Todo:
        if self.reader.party in self.turn and (mine := self._mine()):
            return mine
        return Todo(
            sentence=self._sentence,
            about=self.disagreement.agreement.title,
            url=page_of(self.disagreement),
            button="Open",
            waits_for=and_list(self._waits_for(party) for party in self.turn),
        )

    def _mine(self) -> Todo | None:
        """What the reader does: name somebody, act, or record what somebody decided."""
        level = self.level
        if self.reader.on(level).is_vacant and self.acting.has(Role.MANAGER):
            sentence = f"Say who acts for you at the level “{level.label}” of {self.what}"
            url = page_of(self.disagreement, "people", level.key)
            return Todo(sentence, self.disagreement.agreement.title, url, "Say who acts")
        actor = self.reader.actor()
        if actor is None:
            return None
        sentence = self._sentence
        if actor.for_person:
            sentence = f"Ask {actor.for_person.name} about {self.what}, and record the answer"
        about = self.disagreement.agreement.title
        return Todo(sentence, about, page_of(self.disagreement), "Open")

    @property
    def _sentence(self) -> str:
        if standing(self.steps, self.disagreement.level):
            return f"Answer the proposal on {self.what}"
        return f"Settle {self.what} at the level “{self.level.label}”"

    def _waits_for(self, party: Party) -> str:
        on: OnLevel = self.people.on(self.disagreement, self.level, party)
        return f"{on.names}, {party.name}" if on.names else f"the MoU manager of {party.name}"
