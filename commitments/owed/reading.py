"""What is owed under agreements, with what was recorded of it: many at once, each once a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from agreements.models import Agreement, Party, SavedEmail, read_parties
from agreements.reviews.queries import held_reviews
from commitments.models import Commitment, DueDate, Occurrence, OccurrenceWord
from commitments.models.owed import emails_on_occurrence
from commitments.owed.rules import Counting, Due, State, asked_since, state_of
from house import clock
from house.once import each_once
from house.rooms import rooms
from parties.acting import Acting


@dataclass
class Owed:
    """One commitment, what was recorded of it, its timetable, and when it was asked about."""

    commitment: Commitment
    said: list[Occurrence] = field(default_factory=list)
    timetable: list[DueDate] = field(default_factory=list)
    asked: Sequence[date] = ()
    today: date = field(default_factory=clock.today)

    @property
    def counting(self) -> Counting:
        return counting_of(self.commitment, self.timetable)

    @cached_property
    def dues(self) -> list[Due]:
        """The times that have begun by today, in order."""
        return self.counting.until(self.today)

    @cached_property
    def by_time(self) -> dict[tuple[date, int], Occurrence]:
        """What counts of each time, by its first day and number."""
        return {(each.first, each.number): each for each in self.said}

    def of(self, due: Due) -> Occurrence | None:
        return self.by_time.get((due.first, due.number))

    def state_of(self, due: Due) -> State:
        said = self.of(due)
        if said is None:
            return state_of(due, "", None, self.today)
        return state_of(due, said.outcome, said.done_on, self.today)

    @cached_property
    def open(self) -> list[Due]:
        """The times of which nothing is recorded, in order."""
        return [each for each in self.dues if self.of(each) is None]

    @property
    def newest(self) -> Occurrence | None:
        """What was recorded last of a standing commitment."""
        return max(self.said, key=lambda each: (each.last, each.pk), default=None)

    @property
    def asked_on(self) -> date | None:
        """When it was last asked about; None where it never was."""
        return asked_since(self.asked, self.commitment.watched_from)[0]

    @property
    def answers_from(self) -> date:
        """From when on an answer counts for the last time that it was asked about."""
        return asked_since(self.asked, self.commitment.watched_from)[1]

    @property
    def is_unanswered(self) -> bool:
        """A standing commitment that was asked about, and nobody answered for it since."""
        if not (self.commitment.is_standing and self.commitment.is_running and self.asked_on):
            return False
        return self.newest is None or self.newest.last < self.answers_from


def counting_of(commitment: Commitment, timetable: Iterable[DueDate]) -> Counting:
    lines = tuple((each.first, each.last, each.due_on) for each in timetable)
    return Counting(
        commitment.cadence,
        commitment.counts_from,
        commitment.watched_from,
        commitment.per_year,
        commitment.due_on,
        commitment.by_financial_year,
        lines if commitment.by_timetable else None,
        commitment.ended_on,
    )


def is_disputed(said: Occurrence) -> bool:
    """Whether another side says that it is not right, as it was read with its commitment."""
    return bool(getattr(said, "is_called_wrong", False))


def owed_under(agreements: Collection[Agreement], acting: Acting) -> dict[int, list[Owed]]:
    """Agreement id -> what is or was owed under it, by number; without what was entered in error.

    One query for any number, one more where there is a timetable, once a page; and what pages read
    of meetings and reviews. Whoever asks has come through the wall.
    """
    found = all_owed(agreements)
    _with_days_asked(agreements, found, acting)
    return found


def all_owed(agreements: Collection[Agreement]) -> dict[int, list[Owed]]:
    """The same whoever reads it, without the days on which it was asked about."""
    read_parties(agreements)
    found = _owed([each.pk for each in agreements])
    for agreement in agreements:
        parties = {party.pk: party for party in agreement.sides}
        for each in found[agreement.pk]:
            _with_parties(each.commitment, agreement, parties)
    return found


def read_owed(commitments: Sequence[Commitment]) -> list[Owed]:
    """The same of these alone, whose agreements and parties are at hand (three queries)."""
    found = [Owed(each) for each in commitments]
    _read_said({each.commitment.pk: each for each in found})
    return found


@each_once(Commitment, Occurrence, OccurrenceWord, DueDate, SavedEmail)
def _owed(agreements: Collection[int]) -> dict[int, list[Owed]]:
    """A row for each occurrence that counts, or one for a commitment without any."""
    counts = FilteredRelation("occurrences", condition=Q(occurrences__error_at=None))
    rows = Commitment.objects.filter(agreement__in=agreements).exclude(state="in_error")
    joined = rows.annotate(
        said=counts, called_wrong=_disputed("said__pk"),
        has_email=Exists(emails_on_occurrence(OuterRef("said__pk"))),
    )  # fmt: skip
    found: dict[int, Owed] = {}
    related: tuple[str, ...] = ("person", "team", "recorded_for", "said")
    in_order = joined.order_by("number", "said__first", "said__number")
    for each in in_order.select_related(*related):
        owed = found.setdefault(each.pk, Owed(each))
        # Django leaves it out where there is none.
        if said := getattr(each, "said", None):
            said.is_called_wrong = vars(each)["called_wrong"]
            said.has_email = vars(each)["has_email"]
            owed.said.append(said)
    _read_timetables(found)
    by_agreement: dict[int, list[Owed]] = {pk: [] for pk in agreements}
    for owed in found.values():
        by_agreement[owed.commitment.agreement_id].append(owed)
    return by_agreement


def _disputed(to_occurrence: str) -> Exists:
    """Whether another side says that it is not right, and has not taken that back."""
    words = OccurrenceWord.objects.filter(occurrence=OuterRef(to_occurrence))
    later = OccurrenceWord.objects.filter(
        occurrence=OuterRef("occurrence"), organisation=OuterRef("organisation"),
        pk__gt=OuterRef("pk"),
    )  # fmt: skip
    return Exists(words.filter(~Exists(later), agrees=False))


def _read_said(owed: dict[int, Owed]) -> None:
    if not owed:
        return
    said = Occurrence.objects.filter(commitment__in=owed).that_count()
    facts = {
        "is_called_wrong": _disputed("pk"),
        "has_email": Exists(emails_on_occurrence(OuterRef("pk"))),
    }
    for each in said.annotate(**facts).order_by("first", "number"):
        owed[each.commitment_id].said.append(each)
    _read_timetables(owed)


def _read_timetables(owed: dict[int, Owed]) -> None:
    listed = [pk for pk, each in owed.items() if each.commitment.by_timetable]
    for line in DueDate.objects.filter(commitment__in=listed) if listed else ():
        owed[line.commitment_id].timetable.append(line)


def _with_parties(
    commitment: Commitment, agreement: Agreement, parties: Mapping[int, Party]
) -> None:
    commitment.agreement = agreement
    if commitment.owed_by_id:
        commitment.owed_by = parties[commitment.owed_by_id]
    if commitment.owed_to_id:
        commitment.owed_to = parties[commitment.owed_to_id]


def _with_days_asked(
    agreements: Collection[Agreement], found: dict[int, list[Owed]], acting: Acting
) -> None:
    if any(each.commitment.is_standing for rows in found.values() for each in rows):
        asked = days_asked(agreements, acting)
        for pk, rows in found.items():
            for each in rows:
                each.asked = asked[pk]


def days_asked(agreements: Collection[Agreement], acting: Acting) -> dict[int, list[date]]:
    """Agreement id -> the days of its wider meetings and of its reviews: then standing commitments
    are asked about."""
    found: dict[int, list[date]] = {each.pk: [] for each in agreements}
    for room in rooms():
        for pk, days in room.met_on(list(agreements), acting).items():
            found[pk] += days
    for pk, held in held_reviews(agreements).items():
        found[pk] += [each.review.held_on for each in held]
    return found
