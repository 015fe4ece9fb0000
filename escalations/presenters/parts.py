"""Parts of a disagreement's page: its levels, what each side wants, proposals, advice, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django.urls import reverse

from agreements.models import Party
from agreements.terms import Level
from deadlines.holidays import bank_holidays
from escalations.models import Step
from escalations.queries.people import OnLevel
from escalations.rules.between import to_bring_in
from escalations.rules.levels import Proposal, proposals, stays
from escalations.rules.who import ReaderRights
from house import clock
from nhsuk.components import Link, OnStep, RailStep, Tag
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
    """The levels of its terms for one reader, as the steps of a rail."""

    def __init__(self, reader: ReaderRights, steps: Sequence[Step]) -> None:
        self.reader, self.disagreement = reader, reader.disagreement
        self.parties = reader.people.parties(self.disagreement)
        self._spent = stays(self.disagreement, steps)
        self._left_out = {step.level for step in steps if step.kind == Kind.SKIPPED}
        # Of a level that it has left, {party id: who acted there then}.
        self._acted = {step.level: step.people for step in steps if step.kind in Step.LEAVING}

    @property
    def steps(self) -> list[RailStep]:
        return [
            RailStep(
                level.label,
                "to come" if at == "left out" else at,
                self._tag(at),
                self._time(level, at),
                people=tuple(self._side(level, party) for party in self._there(at)),
            )
            for level in self.disagreement.terms.levels
            for at in [self._at(level)]
        ]

    def _at(self, level: Level) -> Literal["past", "here", "left out", "to come"]:
        if level.key == self.disagreement.level:
            return "here"
        if level.key in self._left_out:
            return "left out"
        return "past" if level.key in self._spent else "to come"

    def _there(self, at: str) -> Sequence[Party]:
        """The sides of a level that it was at, or may still come to."""
        reached = at in {"past", "here"} or (at == "to come" and self.disagreement.is_open)
        return self.parties if reached else ()

    def _tag(self, at: str) -> Tag | None:
        ended = at == "here" and not self.disagreement.is_open
        return _TAGS.get(self.disagreement.state if ended else at)

    def _time(self, level: Level, at: str) -> str:
        """ "Since 3 September 2013, for 12 days (8 working days)." """
        if at == "to come" and not self.disagreement.is_open:
            return "It was not needed."
        stay = self._spent.get(level.key)
        if stay is None or at == "left out":
            return ""
        for_days = stay.words(clock.today(), bank_holidays())
        if stay.until is None:
            return f"Since {day(stay.since)}, for {for_days}."
        return f"From {day(stay.since)} to {day(stay.until)}, for {for_days}."

    def _side(self, level: Level, party: Party) -> OnStep:
        """Who acts for one side: names, or in words that nobody does; and where that is changed."""
        if (acted := self._acted.get(level.key)) is not None:
            names = acted.get(str(party.pk), "")
            note = level.posts.get(party.slot, "") if names else "Nobody acted for this side."
            if acted and str(party.pk) not in acted:
                note = "It had no part in it then."
            return OnStep(party.name, names, note)
        on = self.reader.people.on(self.disagreement, level, party)
        names = "" if on.is_vacant else on.names
        return OnStep(party.name, names, self._note(on), link=self._link(on))

    def _note(self, on: OnLevel) -> str:
        """The post, whom a deputy stands in for, and who cannot act here themselves."""
        if on.is_vacant:
            if on.post:
                return f"Nobody is named yet. By the terms: {on.post}."
            return "The terms name no post for this side, and nobody is named yet."
        parts = [on.post] if on.post and on.post.lower() != on.names.lower() else []
        if on.deputy_of:
            parts.append(f"deputy of {on.deputy_of}, who is away")
        if not on.team and self.reader.people.need_a_record(on):
            parts.append("their MoU manager records for them")
        return ", ".join(parts)

    def _link(self, on: OnLevel) -> Link | None:
        """For whom may say who acts there."""
        own = on.party == self.reader.party and self.disagreement.is_open
        if not (own and self.reader.may_name(on.level)):
            return None
        its, text = self.disagreement, "Say who acts" if on.is_vacant else "Change who acts"
        page = reverse(
            "escalations:people", args=[its.agreement.reference, its.number, on.level.key]
        )
        return Link(text, page, f"at the level {on.level.label}")


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
    def to_bring_in(self) -> list[Party]:
        """The parties of the agreement that have no part in it."""
        return to_bring_in(self.disagreement.agreement, self.reader.acting, self.parties)

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
