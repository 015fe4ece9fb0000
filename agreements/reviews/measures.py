"""How many reviews were held by their date, for a report (A26, B15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from agreements.core.measuring import fell_in, ran_in
from agreements.core.reached import subpage_url
from agreements.models import Agreement, read_parties
from agreements.reviews.queries import Held, held_reviews
from house.answers import Measure

LABEL: Final = "Reviews held by their date"


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for all parties together, where a review was due or held (three queries).

    What one party says is not right is open. A date that had passed when the MoU was registered
    makes nobody late.
    """
    ran = [each for each in agreements if ran_in(each, since, until)]
    read_parties(ran)
    held = held_reviews(ran)
    return {each.pk: list(_of(each, held[each.pk], since, until)) for each in ran}


def _of(agreement: Agreement, held: Sequence[Held], since: date, until: date) -> Iterator[Measure]:
    counts = Counter(_stands(each, since, until) for each in held)
    if not agreement.review_was_past and fell_in(_next_due(agreement), since, until):
        counts["missed"] += 1
    del counts[""]
    if counts:
        yield Measure(
            "reviews", LABEL, met=counts["met"], missed=counts["missed"], open=counts["open"],
            url=f"{subpage_url(agreement.reference, 'kept')}#review",
        )  # fmt: skip


def _next_due(agreement: Agreement) -> date | None:
    """The review that is not held yet; none comes after its end."""
    due, last = agreement.review_on, agreement.last_day
    return None if due and last and due > last else due


def _stands(held: Held, since: date, until: date) -> str:
    """One that was held in time counts on its day, one that was not on the day it was due."""
    review = held.review
    if review.held_on > review.due_on:
        return "missed" if fell_in(review.due_on, since, until) else ""
    if not fell_in(review.held_on, since, until):
        return ""
    return "open" if held.disputes else "met"
