"""What a review waits for, as steps of the agreement's page. The home page has its deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.situations import Situation
from agreements.core.steps import NextStep
from agreements.reviews.pages import Reviews
from agreements.reviews.queries import Held
from nhsuk.dates import day


def review_steps(reviews: Reviews, situation: Situation) -> Iterator[NextStep]:
    """The other party's word on the last review, and a record that is to be put right.

    The next review has a date, and stands among the dates.
    """
    agreement = reviews.agreement
    if agreement.takes_acts and reviews.held:
        yield from _of_last(reviews, reviews.held[0], situation)


def _of_last(reviews: Reviews, held: Held, situation: Situation) -> Iterator[NextStep]:
    args = [reviews.agreement.reference, held.review.pk]
    own = reviews.acting.organisation_id
    for party in held.awaited(reviews.parties):
        yield NextStep(
            f"Confirm what was recorded of the review held on {day(held.review.held_on)}",
            "Look at the record",
            reverse("agreements:review_answer", args=args),
            party,
            situation.managers(party),
            mine=reviews.may_record and party.organisation.pk == own,
        )
    for answer in held.disputes:
        yield NextStep(
            "Put the record of the review right",
            "Put it right",
            reverse("agreements:review_correct", args=args),
            None,
            tuple(name for party in reviews.parties for name in situation.managers(party)),
            mine=reviews.may_record,
            said=f"Not right: “{answer.reason}”",
        )
