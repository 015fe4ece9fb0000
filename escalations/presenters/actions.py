"""What one reader can do about a disagreement: the buttons of its page."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from escalations.models import Step
from escalations.presenters.parts import Parts
from escalations.presenters.words import open_url, page_of
from escalations.rules.levels import is_top
from escalations.rules.who import Standing
from nhsuk.components import Action
from parties.who import DRAFTERS


class Actions:
    """The services ask the same `Standing`, so that a button that is shown also works."""

    def __init__(self, reader: Standing, parts: Parts) -> None:
        self.reader, self.parts = reader, parts
        self.disagreement = reader.disagreement

    @cached_property
    def act(self) -> bool:
        """Whether the reader acts at the level, or records for somebody who does."""
        return self.disagreement.is_open and self.reader.actor() is not None

    @property
    def main(self) -> list[Action]:
        """The main one first: answer what is proposed, else propose."""
        found = [self._accept(step) for step in self.parts.to_answer()] if self.act else []
        if self.act:
            text = "Record a joint outcome" if self.at_top else "Make a proposal"
            found.append(Action(text, self._url("propose")))
        if self.disagreement.is_open and self.reader.targets():
            found.append(Action("Take it to the next level", self._url("take_up")))
        return [
            replace(each, kind="secondary" if place else "") for place, each in enumerate(found)
        ]

    def _accept(self, proposal: Step) -> Action:
        text = "Accept the joint outcome" if self.at_top else "Accept the proposal"
        whose = f"of {self.parts.names[proposal.party_id]}"
        return Action(text, self._url("accept", proposal.pk), hidden_text=whose)

    @property
    def at_top(self) -> bool:
        return is_top(self.disagreement.terms, self.disagreement.level)

    @property
    def write(self) -> bool:
        return self.disagreement.is_open and self.reader.may_add_notes

    @property
    def say_wanted(self) -> Action | None:
        text = "Change what we want" if self.parts.own_wanted else "Say what we want"
        return Action(text, self._url("wanted")) if self.write else None

    @property
    def ask_advice(self) -> Action | None:
        return Action("Ask for advice", self._url("advice")) if self.act else None

    @property
    def add_note(self) -> Action | None:
        return Action("Add a note", self._url("note")) if self.write else None

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

    def _url(self, page: str, *more: object) -> str:
        return page_of(self.disagreement, page, *more)
