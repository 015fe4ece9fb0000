"""What an agreement in force lives by: how it is kept, and the picture of its year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse

from agreements.changes.queries import changes_of
from agreements.changes.rules import Kind
from agreements.core.parties import parties_of
from agreements.core.texts import clauses_of
from agreements.models import Agreement
from agreements.page.kept import Kept, merged
from agreements.terms import start_in_words
from deadlines.dates import both_or_all, dates_between, entries_of, who_holds, with_holders
from deadlines.holidays import bank_holidays
from deadlines.kinds import kinds, names_of
from deadlines.lines import Line
from deadlines.models import Deadline
from deadlines.year_picture import Picture, PictureEntry, agreement_year
from house import clock
from house.clock import london_day, months_after
from house.rooms import rooms
from nhsuk.components import Link
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import RECORDERS

# What is next is looked for this far ahead.
AHEAD = timedelta(days=60)
# What a line about an agreement ends with on that agreement's own page.
_NAMING = {"mou": " this MoU", "party": "", "nobody": ""}


class Life:
    """One agreement in force for one reader; each part is read when it is asked for.

    Its year is the one that holds today, from one anniversary to the next.
    """

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        in_force = agreement.in_force_version
        assert in_force  # noqa: S101 - it came into force
        assert agreement.runs_from  # noqa: S101
        in_force.agreement = agreement
        self.agreement, self.acting, self.terms = agreement, acting, in_force.typed_terms
        self.runs_from, self.today, self.holidays = (
            agreement.runs_from,
            clock.today(),
            bank_holidays(),
        )
        self.clauses, self.parties = clauses_of(in_force), parties_of(agreement)
        self.names = {party.organisation.pk: party.name for party in self.parties}
        self.first, self.last = agreement_year(self.runs_from, self.today)

    @cached_property
    def kept(self) -> Kept:
        """The duties of the text, as all rooms know of them."""
        answers = [room.keepings([self.agreement], self.acting) for room in rooms()]
        known = merged([answer.get(self.agreement.pk, {}) for answer in answers])
        return Kept(self.clauses, known, self.parties)

    @cached_property
    def due(self) -> list[PictureEntry]:
        """What is due in the year and a little further (one query, and one for each kind that
        names one without a line)."""
        until = max(self.last, self.today + AHEAD)
        found = dates_between(self.acting, [self.agreement.reference], self.first, until)
        rows = list(with_holders(found))
        return entries_of(self.called(rows), self.today, self.holidays, self._besides)

    def called(self, rows: Sequence[Deadline]) -> dict[Deadline, str]:
        """What each is called beside its date."""
        lines = {each: Line.stored(each.line).at(each) for each in rows if each.line}
        called = names_of([each for each in rows if each not in lines])
        return called | {each: line.act + _NAMING[line.naming] for each, line in lines.items()}

    @property
    def picture(self) -> Picture:
        fixed = [entry for entry in self._fixed() if self.first <= entry.day]
        return Picture([*fixed, *self.due], self.first, self.last, self.today)

    @property
    def next(self) -> list[PictureEntry]:
        """What is late and what comes soon, the nearest first."""
        soon = [e for e in self.due if e.state != "done" and e.day <= self.today + AHEAD]
        return sorted(soon, key=lambda entry: entry.day)

    def _besides(self, deadline: Deadline) -> dict[str, str | Link | None]:
        named = (clause.link for clause in self.clauses if clause.key == deadline.clause_key)
        who = who_holds(deadline, self.names)
        return {"who": who, "clause": next(named, None), "way": self._way(deadline)}

    def _way(self, deadline: Deadline) -> Link | None:
        """To where the reader sees to what is open, or reads of it; None for the overview."""
        if not deadline.is_open:
            return None
        if not deadline.line:
            kind = kinds().get(deadline.kind)
            return kind.way(deadline) if kind and kind.way else None
        home = reverse("agreements:agreement", args=[self.agreement.reference])
        line = Line.stored(deadline.line).at(deadline)
        href, text = line.way(home, self.acting.roles)
        if href == home:
            return None
        return Link(text if line.may or RECORDERS.includes(self.acting) else "Open", href)

    def _fixed(self) -> Iterator[PictureEntry]:
        """Dates that nobody has to see to."""
        months = self.terms.minimum_months
        if signed_on := self.agreement.start_on:
            yield self._entry(signed_on, "Date of sign-off", "signature")
        if effect := self.agreement.effective_on:
            yield self._entry(effect, "With effect from", "term")
        if months:
            working = f"{months} months after {start_in_words(self.terms.period)}."
            least = months_after(self.runs_from, months)
            yield self._entry(least, "In force at least until", "minimum_term", working)
        # While it runs its end is a deadline, which has its own entry.
        if (last := self.agreement.last_day) and not self.agreement.has_duties:
            yield self._entry(last, "End", "end_of_term")
        yield from self._changes()

    def _changes(self) -> Iterator[PictureEntry]:
        """Notices on the day on which they were given; extensions and new texts from when they
        held."""
        for said in changes_of(self.agreement):
            change = said.change
            if change.is_notice and change.given_on and change.state in ("running", "done"):
                what = f"{change.get_kind_display()}, {self.names.get(change.opened_for_id, '')}"
                yield self._entry(change.given_on, what.removesuffix(", "), "notice")
            elif change.is_of_text and change.on and change.state == "done":
                yield self._entry(change.on, f"{change.get_kind_display()} in force", "variation")
            elif change.kind == Kind.EXTENSION and change.state == "done" and change.closed_at:
                until = f"Extended to {day(change.on)}" if change.on else "No end any more"
                yield self._entry(london_day(change.closed_at), until, "variation")

    def _entry(self, on: date, what: str, binding: str, working: str = "") -> PictureEntry:
        bound = (clause.link for clause in self.clauses if binding in clause.bindings)
        return PictureEntry(
            on, what, state="fixed", who=both_or_all(len(self.names)), working=working,
            clause=next(bound, None),
        )  # fmt: skip
