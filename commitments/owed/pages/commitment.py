"""The page of a commitment, with each time that it was owed; and of what was recorded of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.parties import version_of_terms
from agreements.core.texts import clauses_of
from agreements.emails.pages import EmailsOn
from commitments.models import Commitment, Occurrence
from commitments.owed import words
from commitments.owed.reading import Owed, is_disputed, owed_under
from commitments.owed.rights import may_answer, may_judge, may_take_back, may_undo, may_work_on
from commitments.owed.rules import Due
from commitments.owed.services.recording import says_when
from commitments.owed.status import keeping_of
from commitments.queries import sources_called
from commitments.rules import may_record
from documents.markdown import to_html
from house.answers import Keeping
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from parties.acting import Acting


@dataclass(frozen=True)
class Time:
    """One time that it was owed: its days, its day, and what was recorded."""

    days: str
    due: str
    tag: Tag
    said: Occurrence | None
    # Where it can be recorded; empty for who may not, and for what is recorded.
    record: str = ""
    is_disputed: bool = False


class CommitmentPage:
    """One commitment for one reader."""

    def __init__(self, commitment: Commitment, acting: Acting) -> None:
        self.commitment, self.acting = commitment, acting
        self.agreement = commitment.agreement

    @cached_property
    def owed(self) -> Owed:
        """As all of its agreement are read; one that was an error has nothing to show."""
        found = owed_under([self.agreement], self.acting)[self.agreement.pk]
        same = (each for each in found if each.commitment.pk == self.commitment.pk)
        return next(same, None) or Owed(self.commitment)

    @property
    def keeping(self) -> Keeping:
        return keeping_of(self.owed)

    @property
    def tag(self) -> Tag:
        if self.commitment.is_running:
            return words.kept_tag(self.keeping.state)
        return Tag(str(self.commitment.get_state_display()), "grey")

    @property
    def sentence(self) -> str:
        commitment = self.commitment
        if commitment.is_running:
            return self.keeping.sentence
        return f"{day(commitment.ended_on)}: {commitment.because}"

    @property
    def details(self) -> Markup:
        return to_html(self.commitment.details, under=2)

    @property
    def clause(self) -> Link | None:
        named = clauses_of(version_of_terms(self.agreement))
        return next((c.link for c in named if c.key == self.commitment.clause_key), None)

    @property
    def may_work(self) -> bool:
        return self.agreement.takes_acts and may_work_on(self.acting, self.commitment)

    @cached_property
    def times(self) -> list[Time]:
        """The newest first: what is due or was, and what was recorded under former days."""
        dues = {(each.first, each.number): each for each in self.owed.dues}
        found = [(due.on, self._time(due)) for due in dues.values()]
        for said in self.owed.said:
            if (said.first, said.number) not in dues:
                found.append((said.last, self._said(said)))
        return [time for _, time in sorted(found, key=lambda each: each[0], reverse=True)]

    def _time(self, due: Due) -> Time:
        said = self.owed.of(due)
        record = ""
        if said is None and self.may_work:
            where = [self.commitment.key, due.first.isoformat(), due.number]
            record = reverse("commitments:owed_record", args=where)
        days = day(due.on) if self.commitment.cadence == Commitment.Cadence.ONCE else (
            f"{day(due.first)} to {day(due.last)}"
        )  # fmt: skip
        tag = words.time_tag(self.owed.state_of(due))
        return Time(days, day(due.on), tag, said, record, bool(said and is_disputed(said)))

    def _said(self, said: Occurrence) -> Time:
        due, tag = day(said.due_on) if said.due_on else "", words.said_tag(said)
        return Time(words.days_of(said), due, tag, said, "", is_disputed(said))

    @property
    def buttons(self) -> list[Button]:
        """What the reader can do, the likeliest first."""
        found: list[Button] = []
        for text, url in self._steps():
            found.append(Button(text, url, kind="secondary" if found else ""))
        return found

    def _steps(self) -> list[tuple[str, str]]:
        commitment, steps = self.commitment, []
        if may_answer(self.acting, commitment):
            steps.append(("Say whether it is right", self._at("answer")))
        if self.may_work and commitment.is_running:
            if commitment.is_standing:
                steps.append(("Say what was done", self._at("report")))
            elif record := next((time.record for time in self.times if time.record), ""):
                steps.append(("Record what was done", record))
        if commitment.is_running and self.agreement.takes_acts:
            steps += self._changes()
        return steps

    def _changes(self) -> list[tuple[str, str]]:
        if not may_record(self.acting, self.agreement):
            return []
        steps = []
        if self.commitment.by_timetable:
            steps.append(("Bring the timetable", self._at("timetable")))
        when = " and when" if says_when(self.commitment) else ""
        return [*steps, (f"Change who takes it forward{when}", self._at("change"))]

    def _at(self, page: str) -> str:
        return reverse(f"commitments:owed_{page}", args=[self.commitment.key])

    @property
    def may_take_back(self) -> bool:
        return self.agreement.takes_acts and may_take_back(self.acting, self.commitment)


class OccurrencePage:
    """What was recorded of one time, with what shows it and what other sides say."""

    def __init__(self, said: Occurrence, acting: Acting) -> None:
        self.said, self.acting, self.commitment = said, acting, said.commitment
        self.agreement = said.commitment.agreement

    @property
    def tag(self) -> Tag:
        return words.said_tag(self.said)

    @cached_property
    def drawn(self) -> Link | None:
        """What else the portal holds that shows it, where the reader may see that."""
        key = self.said.drawn_key
        return sources_called([key], self.acting).get(key) if key else None

    @cached_property
    def emails(self) -> EmailsOn:
        return EmailsOn("occurrence", self.said, self.acting)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What other sides say: whose word, and which."""
        return [
            (f"{word.organisation}, {word.said_by}, {day(word.at)}",
             "This is right." if word.agrees else word.reason)
            for word in self.said.words.all()
        ]  # fmt: skip

    @property
    def buttons(self) -> list[Button]:
        if not self.agreement.takes_acts or not may_judge(self.acting, self.said):
            return []
        url = reverse("commitments:owed_judge", args=[self.said.pk])
        return [Button("Say whether it is right", url, kind="secondary")]

    @property
    def may_undo(self) -> bool:
        return self.agreement.takes_acts and may_undo(self.acting, self.said)
