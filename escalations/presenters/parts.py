"""Parts of a disagreement's page: its levels, what each side wants, proposals, advice, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from agreements.terms import Level
from deadlines.holidays import bank_holidays
from escalations.models import Step
from escalations.queries.people import OnLevel
from escalations.rules.levels import Proposal, proposals, stays
from escalations.rules.who import ReaderRights
from house import clock
from nhsuk.components import Tag
from nhsuk.dates import day
from nhsuk.words import and_list

Kind = Step.Kind
_TAGS: dict[str, Tag] = {
    "here": Tag("Now at this level", "blue"),
    "left out": Tag("Left out", "yellow"),
    "agreed": Tag("Settled here", "green"),
    "withdrawn": Tag("Withdrawn here", "grey"),
}


class Levels:
    """The levels of its terms for one reader, as the template asks for each."""

    def __init__(self, reader: ReaderRights, steps: Sequence[Step]) -> None:
        self.reader, self.disagreement = reader, reader.disagreement
        self.all = self.disagreement.terms.levels
        self.parties = reader.people.parties(self.disagreement)
        self._spent = stays(self.disagreement, steps)
        self._left_out = {step.level for step in steps if step.kind == Kind.SKIPPED}
        self._acted = {step.level: step.people for step in steps if step.kind in Step.LEAVING}

    def at(self, level: Level) -> Literal["past", "here", "left out", "to come"]:
        if level.key == self.disagreement.level:
            return "here"
        if level.key in self._left_out:
            return "left out"
        return "past" if level.key in self._spent else "to come"

    def is_reached(self, level: Level) -> bool:
        """Whether it was there, or may still come there."""
        at = self.at(level)
        return at in {"past", "here"} or (at == "to come" and self.disagreement.is_open)

    def tag(self, level: Level) -> Tag | None:
        at = self.at(level)
        ended = at == "here" and not self.disagreement.is_open
        return _TAGS.get(self.disagreement.state if ended else at)

    def time(self, level: Level) -> str:
        """ "Since 3 September 2013, for 12 days (8 working days)." """
        stay = self._spent.get(level.key)
        if not self.is_reached(level):
            return "It was not needed." if self.at(level) == "to come" else ""
        if stay is None:
            return ""
        for_days = stay.words(clock.today(), bank_holidays())
        if stay.until is None:
            return f"Since {day(stay.since)}, for {for_days}."
        return f"From {day(stay.since)} to {day(stay.until)}, for {for_days}."

    def acted(self, level: Level) -> dict[str, str] | None:
        """Of a level that it has left, {party id: who acted there then}."""
        return self._acted.get(level.key)

    def may_name(self, on: OnLevel) -> bool:
        """Whether the reader says who acts there."""
        own = on.party == self.reader.party and self.disagreement.is_open
        return own and self.reader.may_name(on.level)

    def note(self, on: OnLevel) -> str:
        """The post, whom a deputy stands in for, and who cannot act here themselves."""
        parts = [on.post] if on.post and on.post.lower() != on.names.lower() else []
        if on.deputy_of:
            parts.append(f"deputy of {on.deputy_of}, who is away")
        if not on.team and self.reader.people.need_a_record(on):
            parts.append("their MoU manager records for them")
        return ", ".join(parts)


class Parts:
    """The steps that the reader may see, as the page shows them."""

    def __init__(self, reader: ReaderRights, steps: Sequence[Step]) -> None:
        self.reader, self.steps = reader, steps
        self.disagreement = reader.disagreement
        self.parties = reader.people.parties(self.disagreement)
        self.names = {party.pk: party.name for party in self.parties}
        # By the id of the side, its newest words; by the id of whom it follows, an answer.
        self.wanted = {step.party_id: step for step in self._of(Kind.WANTED)}
        self.advice = self._of(Kind.ADVICE_ASKED)
        self.answers = {step.about_id: step for step in self._of(Kind.ADVICE_GIVEN)}
        self.proposals = proposals(steps, self.disagreement.level)
        self.notes = self._of(Kind.NOTE)
        self._shared = {step.about_id for step in self._of(Kind.SHARED)}

    def _of(self, kind: str) -> list[Step]:
        return [step for step in self.steps if step.kind == kind]

    @property
    def own_wanted(self) -> str:
        """What the reader's side said that it wants; empty while it said nothing."""
        own = self.wanted.get(self.reader.party.pk)
        return own.text if own else ""

    def to_answer(self) -> list[Step]:
        """The proposals that the reader's side can accept now."""
        if not self.disagreement.is_open:
            return []
        own = self.reader.party.pk
        return [
            each.step
            for each in self.proposals
            if not each.replaced and own not in each.accepted_by
        ]

    def accepted(self, proposal: Proposal) -> str:
        """By whom a proposal is accepted, and for whom it waits."""
        accepted = and_list(self.names[a.party_id] for a in proposal.acceptances)
        waits = and_list(party.name for party in proposal.waits_for(self.parties))
        still = self.disagreement.is_open and not proposal.replaced and waits
        return f"Accepted by {accepted}." + (f" It waits for {waits}." if still else "")

    def proposal_tag(self, proposal: Proposal) -> Tag:
        if not proposal.waits_for(self.parties):
            return Tag("Agreed", "green")
        if proposal.replaced or not self.disagreement.is_open:
            return Tag("No longer stands", "grey")
        return Tag("Stands", "blue")

    def advice_tag(self, asked: Step) -> Tag:
        given = asked.pk in self.answers
        return Tag("Answered", "green") if given else Tag("Not answered yet", "blue")

    def note_tag(self, note: Step) -> Tag | None:
        """The mark of a note that its side keeps to itself."""
        if not note.own or note.pk in self._shared:
            return None
        return Tag(f"Only {self.names[note.party_id]} sees this", "yellow")
