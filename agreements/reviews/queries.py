"""The reviews of agreements as they count: each with the words on it and what it put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agreements.models import Agreement, Party, Review, ReviewAnswer
from house.once import once_a_page


@dataclass
class Held:
    """A review that was held, by its newest record."""

    review: Review
    # The newest word of each other organisation on this record.
    answers: dict[int, ReviewAnswer] = field(default_factory=dict)
    # Earlier records of the same review that were put right, the newest first.
    before: list[Review] = field(default_factory=list)

    def awaited(self, parties: Iterable[Party]) -> list[Party]:
        """The parties that have not said yet whether the record is right."""
        ids = {self.review.recorded_for_id, *self.answers}
        return [party for party in parties if party.organisation.pk not in ids]

    @property
    def disputes(self) -> list[ReviewAnswer]:
        return [answer for answer in self.answers.values() if not answer.agrees]


def first_date_of_review(agreement: Agreement) -> date | None:
    """The date of review that the signed text was given, whatever was set at reviews since."""
    first = Review.objects.filter(agreement=agreement, number=1).values_list("due_on", flat=True)
    return first[0] if first else agreement.review_on


def held_reviews(agreements: Iterable[Agreement]) -> dict[int, list[Held]]:
    """Agreement id -> its reviews, the newest first (two queries, once a page)."""
    return _held(frozenset(agreement.pk for agreement in agreements))


@once_a_page
def _held(agreements: frozenset[int]) -> dict[int, list[Held]]:
    rows = Review.objects.filter(agreement__in=agreements)
    records = list(rows.select_related("recorded_by__person").order_by("-number", "-pk"))
    corrected = {record.corrects_id for record in records}
    found: dict[int, list[Held]] = defaultdict(list)
    for record in records:
        if record.pk not in corrected:
            found[record.agreement_id].append(Held(record))
        else:
            held = found[record.agreement_id]
            next(h for h in held if h.review.number == record.number).before.append(record)
    _put_answers({held.review.pk: held for each in found.values() for held in each})
    return found


def _put_answers(held: dict[int, Held]) -> None:
    answers = ReviewAnswer.objects.filter(review__in=held) if held else ReviewAnswer.objects.none()
    for answer in answers.select_related("user__person").order_by("at", "pk"):
        held[answer.review_id].answers[answer.organisation_id] = answer
