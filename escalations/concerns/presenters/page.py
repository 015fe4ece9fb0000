"""One concern for one of its readers: what is known, who reads it, and what the reader can do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from agreements.models import Party
from escalations.concerns.presenters.words import page_of, said
from escalations.concerns.rules import Reader, why_none
from escalations.concerns.services.deciding import others_of, shares_of
from escalations.concerns.services.receiving import reached
from escalations.models import ConcernAction, ConcernReader, ConcernStep, PracticeConcern
from house.clock import london_day
from nhsuk.components import Button, IndexEntry, TimelineEntry
from nhsuk.dates import day
from nhsuk.words import and_list, plural
from parties.models import Person
from parties.offers import People
from parties.reader import members

Kind = ConcernStep.Kind


class ConcernPage:
    """Read once a page; no number of readers, steps or actions changes the number of queries."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.concern = reader, reader.concern
        self.agreement, self.acting = reader.concern.agreement, reader.acting
        self.parties: Sequence[Party] = self.agreement.sides
        self.names = {party.key: party.name for party in self.parties}
        self._name_of = {party.pk: party.name for party in self.parties}

    @property
    def caption(self) -> str:
        return self.agreement.full_title

    @property
    def lead(self) -> str:
        concern = self.concern
        owner, on = self._name_of[concern.party_id], day(london_day(concern.opened_at))
        return f"Recorded for {owner} by {concern.opened_by} on {on}."

    @property
    def at_risk(self) -> str:
        names = [self.names.get(key, key) for key in self.concern.at_risk]
        return f"Yes, services commissioned by {and_list(names)}" if names else "No"

    @cached_property
    def steps(self) -> list[ConcernStep]:
        """The newest first."""
        rows = self.concern.steps.select_related("by__person")
        return list(rows.order_by("-at", "-pk"))

    @property
    def added(self) -> list[ConcernStep]:
        """What was added to what is known, the oldest first."""
        kinds = {Kind.NOTE, Kind.READ}
        return [step for step in reversed(self.steps) if step.kind in kinds and step.text]

    @property
    def story(self) -> list[TimelineEntry]:
        return [
            TimelineEntry(step.at, said(step, self.names), self._who(step), self._detail(step))
            for step in self.steps
        ]

    def _detail(self, step: ConcernStep) -> str:
        """What stands above already is not told twice."""
        return "" if step.kind in {Kind.NOTE, Kind.READ} else step.text

    def _who(self, step: ConcernStep) -> str:
        return f"{step.by_link or step.by.get_full_name()}, {self._name_of[step.party_id]}"

    @property
    def decision(self) -> ConcernStep | None:
        """The newest decision about telling other parties."""
        return next((step for step in self.steps if step.kind in ConcernStep.DECISIONS), None)

    @property
    def decision_heading(self) -> str:
        return said(self.decision, self.names) if self.decision else ""

    @property
    def decision_line(self) -> str:
        step = self.decision
        return f"{self._who(step)}, {day(london_day(step.at))}" if step else ""

    @cached_property
    def outcome(self) -> ConcernStep | None:
        """How it ended, or why it was opened again since."""
        ends = (Kind.CLOSED, Kind.REOPENED, Kind.IN_ERROR)
        return next((step for step in self.steps if step.kind in ends), None)

    @property
    def outcome_heading(self) -> str:
        return said(self.outcome, self.names) if self.outcome else ""

    @cached_property
    def readers(self) -> list[ConcernReader]:
        """Who reads it now, one's own party first."""
        rows = ConcernReader.objects.still_open().filter(concern=self.concern)
        found = list(rows.select_related("user__person").order_by("named_at", "pk"))
        return sorted(found, key=lambda each: each.party_id != self.reader.party.pk)

    def reader_line(self, named: ConcernReader) -> str:
        at = named.read_at
        opened = f"opened it on {day(london_day(at))}" if at else "has not opened it yet"
        return f"{named.user}, {self._name_of[named.party_id]}, {opened}"

    def ends(self, named: ConcernReader) -> str:
        """Where the right of a colleague is ended; empty where the reader may not."""
        own = named.party_id == self.reader.party.pk
        return page_of(self.concern, "end", named.pk) if own and self.reader.writes else ""

    @cached_property
    def shared_with(self) -> list[Party]:
        ids = {share.party_id for share in shares_of(self.concern)}
        return [party for party in self.parties if party.pk in ids]

    @property
    def shared_names(self) -> str:
        return and_list(party.name for party in self.shared_with)

    @property
    def nobody_at(self) -> str:
        """Parties with which it is shared, and of which nobody can read it yet."""
        reading = {each.party_id for each in self.readers}
        without = [party for party in self.shared_with if party.pk not in reading]
        return and_list(party.name for party in without if not reached(without)[party.pk])

    @cached_property
    def actions(self) -> list[ConcernAction]:
        rows = self.concern.actions.select_related("sees_to_it__person", "closed_by__person")
        return list(rows.order_by("number"))

    @property
    def open_actions(self) -> int:
        return sum(action.is_open for action in self.actions)

    @property
    def counted_actions(self) -> str:
        return f"{plural(self.open_actions, 'action')} open of {len(self.actions)}"

    @property
    def to_share_with(self) -> list[Party]:
        """The other parties that do not have it yet."""
        return [party for party in others_of(self.reader) if party not in self.shared_with]

    @property
    def index(self) -> list[IndexEntry]:
        return [
            IndexEntry("What is known", "known"),
            IndexEntry("Telling other parties", "telling"),
            IndexEntry("Actions", "actions", f"{self.open_actions} open" if self.actions else ""),
            IndexEntry("Who reads it", "readers"),
            IndexEntry("What happened", "happened"),
        ]

    @property
    def is_open(self) -> bool:
        return self.concern.is_open

    @property
    def decide(self) -> Button | None:
        if not (self.is_open and self.reader.keeps and self.to_share_with):
            return None
        text = "Share it with another party" if self.shared_with else "Decide whether to share it"
        return Button(text, page_of(self.concern, "decide"))

    @property
    def buttons(self) -> list[Button]:
        """The main one by what comes next: deciding, else closing; of a closed one opening it."""
        if not self.reader.keeps:
            return []
        if self.concern.state == PracticeConcern.State.CLOSED and not why_none(self.agreement):
            return [Button("Open it again", page_of(self.concern, "reopen"), kind="secondary")]
        if not self.is_open:
            return []
        if self.concern.state == PracticeConcern.State.OPEN and self.decide:
            return [self.decide]
        return [Button("Close it", page_of(self.concern, "close"), kind="secondary")]

    @property
    def people_to_name(self) -> People:
        """Colleagues who log in for the reader's organisation and do not read it yet."""
        there = members([of := self.reader.party.organisation.pk])[of]
        own = [each for each in self.readers if each.party_id == self.reader.party.pk]
        return People(Person.objects.filter(pk__in=there - {each.user.person_id for each in own}))

    @property
    def people_who_read(self) -> People:
        return People(Person.objects.filter(pk__in=[each.user.person_id for each in self.readers]))
