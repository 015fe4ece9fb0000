"""How many times what was owed by a day was done in time, for a report (A21, B09, B13, B15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from agreements.core.measuring import fell_in
from agreements.models import Agreement
from commitments.models import Occurrence
from commitments.owed.reading import Owed, all_owed, is_disputed
from commitments.owed.words import list_of
from house.answers import Measure
from nhsuk.words import plural

Outcome = Occurrence.Outcome
LABEL: Final = "Commitments met by their day"


@dataclass(frozen=True)
class Turn:
    """One time that was owed by a day, and what was recorded of it, if anything."""

    on: date
    said: Occurrence | None = None

    @property
    def done_on(self) -> date | None:
        return self.said.done_on if self.said else None

    def place(self, since: date, until: date) -> str:
        """How it counts in these days: a figure of a measure, or "disputed"; empty where it does
        not. What was done counts on that day, all else on the day by which it was owed."""
        is_over, done_on = self.on <= until, self.done_on
        if done_on and done_on <= self.on:
            if done_on > until:
                return "open"
            place, decided = "met", done_on
        elif not is_over:
            return "open"
        else:
            excluded = self.said is not None and self.said.outcome == Outcome.EXCLUDED
            place, decided = ("excluded" if excluded else "missed"), self.on
        if not fell_in(decided, since, until):
            return ""
        return "disputed" if self.said and is_disputed(self.said) else place


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each party that owes something by a day (two queries, and what the
    parties take).

    What is standing has no day, so it has no figure. What somebody outside owes is no party's, and
    a commitment that its party says is not right counts for nobody.
    """
    found = all_owed(agreements)
    return {each.pk: list(_of(each, found[each.pk], since, until)) for each in agreements}


def _of(agreement: Agreement, found: Iterable[Owed], since: date, until: date) -> Iterator[Measure]:
    owed = [each for each in found if not each.commitment.is_disputed]
    for party in agreement.sides:
        of_party = (each for each in owed if each.commitment.owed_by_id == party.pk)
        turns = [turn for each in of_party for turn in turns_of(each, until)]
        counted = [(turn, turn.place(since, until)) for turn in turns]
        counts = Counter(place for _, place in counted if place)
        if counts:
            yield Measure(
                "commitments", LABEL, party.key, met=counts["met"], missed=counts["missed"],
                excluded=counts["excluded"], open=counts["open"], url=list_of(agreement),
                said=_said(counted, counts["disputed"], until),
            )  # fmt: skip


def turns_of(owed: Owed, until: date) -> list[Turn]:
    """Each time that had begun by a day, and what was recorded under days that held before."""
    dues = owed.counting.until(until)
    known = {(due.first, due.number) for due in dues}
    former = [
        Turn(said.due_on, said)
        for said in owed.said
        if said.due_on and said.first <= until and (said.first, said.number) not in known
    ]
    return [*former, *(Turn(due.on, owed.of(due)) for due in dues)]


def _said(counted: Sequence[tuple[Turn, str]], disputed: int, until: date) -> str:
    """What the figures leave open: what was done late, what nothing shows, what is in dispute."""
    missed = [turn for turn, place in counted if place == "missed"]
    late = sum(bool(turn.done_on and turn.done_on <= until) for turn in missed)
    silent = sum(turn.said is None for turn in missed)
    met = [turn.said for turn, place in counted if place == "met" and turn.said]
    unshown = sum(not said.is_shown for said in met)
    sentences = (
        (late, f"{plural(late, 'was', 'were')} done late."),
        (silent, f"{plural(silent, 'was', 'were')} late at the end, with nothing recorded."),
        (unshown, f"Nothing shows {unshown} of those done in time."),
        (disputed, f"{plural(disputed, 'is', 'are')} said to be not right, and not counted."),
    )
    return " ".join(sentence for count, sentence in sentences if count)
