"""Parts of a disagreement's page: what each side wants, proposals, advice, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from escalations.models import Step
from escalations.presenters.words import page_of
from escalations.rules.levels import level_of
from escalations.rules.proposals import Proposal, proposals
from escalations.rules.who import Standing
from nhsuk.components import Link, Tag
from nhsuk.dates import day
from nhsuk.words import and_list

Kind = Step.Kind


@dataclass(frozen=True)
class Said:
    """Words of somebody: `who` and `when` stand under them. Empty `text`: not said yet."""

    heading: str
    text: str
    who: str = ""
    when: datetime | None = None
    tag: Tag | None = None
    lines: tuple[str, ...] = ()
    link: Link | None = None


class Parts:
    """What the page shows of the steps that the reader may see."""

    def __init__(self, reader: Standing, steps: Sequence[Step]) -> None:
        self.reader, self.steps = reader, steps
        self.disagreement = reader.disagreement
        self.parties = reader.people.parties(self.disagreement)
        self.names = {party.pk: party.name for party in self.parties}

    def _of(self, *kinds: str) -> list[Step]:
        return [step for step in self.steps if step.kind in kinds]

    def wanted(self) -> list[Said]:
        """What each side wants, in its newest words."""
        newest = {step.party_id: step for step in self._of(Kind.WANTED)}
        return [
            Said(self.names[party.pk], step.text, _who(step), step.at)
            if (step := newest.get(party.pk))
            else Said(self.names[party.pk], "")
            for party in self.parties
        ]

    @property
    def own_wanted(self) -> str:
        """What the reader's side said that it wants; empty while it said nothing."""
        own = [step.text for step in self._of(Kind.WANTED) if step.party_id == self.reader.party.pk]
        return own[-1] if own else ""

    def proposals(self) -> list[Said]:
        """The newest first."""
        found = proposals(self.steps, self.disagreement.level)
        return [self._proposal(each) for each in reversed(found)]

    def to_answer(self) -> list[Step]:
        """The proposals that the reader's side can accept now."""
        if not self.disagreement.is_open:
            return []
        return [
            each.step
            for each in proposals(self.steps, self.disagreement.level)
            if not each.replaced and self.reader.party.pk not in each.accepted_by
        ]

    def advice(self) -> list[Said]:
        given = {step.about_id: step for step in self._of(Kind.ADVICE_GIVEN)}
        return [self._advice(step, given.get(step.pk)) for step in self._of(Kind.ADVICE_ASKED)]

    def notes(self) -> list[Said]:
        """The newest first."""
        shared = {step.about_id for step in self._of(Kind.SHARED)}
        return [self._note(step, step.pk in shared) for step in reversed(self._of(Kind.NOTE))]

    def _proposal(self, proposal: Proposal) -> Said:
        step = proposal.step
        accepted = and_list(self.names[a.party_id] for a in proposal.acceptances)
        waits = and_list(party.name for party in proposal.waits_for(self.parties))
        line = f"Accepted by {accepted}."
        if self.disagreement.is_open and not proposal.replaced and waits:
            line += f" It waits for {waits}."
        label = level_of(self.disagreement.terms, step.level).label
        return Said(
            heading=f"Proposal of {self.names[step.party_id]}, at the level “{label}”",
            text=step.text,
            who=_who(step),
            when=step.at,
            tag=self._state(proposal, bool(waits)),
            lines=(line,),
        )

    def _state(self, proposal: Proposal, waits: bool) -> Tag:
        if not waits:
            return Tag("Agreed", "green")
        if proposal.replaced or not self.disagreement.is_open:
            return Tag("No longer stands", "grey")
        return Tag("Stands", "blue")

    def _advice(self, asked: Step, given: Step | None) -> Said:
        link = None
        if given is None and self.disagreement.is_open and self.reader.may_add_notes:
            url = page_of(self.disagreement, "answer", asked.pk)
            link = Link("Record the answer", url, f"of {asked.adviser}")
        answer = (f"Answered on {day(given.on)}: {given.text}",) if given else ()
        return Said(
            heading=f"{asked.adviser}, asked on {day(asked.on)} by {self.names[asked.party_id]}",
            text=asked.text,
            who=_who(asked),
            when=asked.at,
            tag=Tag("Answered", "green") if given else Tag("Not answered yet", "blue"),
            lines=answer,
            link=link,
        )

    def _note(self, step: Step, shared: bool) -> Said:
        name, link, tag = self.names[step.party_id], None, None
        if step.own and not shared:
            tag = Tag(f"Only {name} sees this", "yellow")
            if self.reader.may_add_notes:
                url = page_of(self.disagreement, "share", step.pk)
                link = Link("Share it", url, f"with the other side, the note of {day(step.at)}")
        return Said(name, step.text, _who(step), step.at, tag=tag, link=link)


def _who(step: Step) -> str:
    """ "Amara Okafor", or "Bryn Pritchard, recorded by Amara Okafor"."""
    name = step.by.get_full_name()
    return f"{step.for_person.name}, recorded by {name}" if step.for_person else name
