"""What reviews ask of people, as next steps of the overview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.urls import reverse

from agreements.core.situations import Situation
from agreements.core.steps import NextStep
from agreements.models import Review
from agreements.reviews.pages import Reviews
from agreements.reviews.queries import Held
from house import clock
from nhsuk.dates import day
from parties.who import MANAGERS


def review_steps(reviews: Reviews, situation: Situation) -> Iterator[NextStep]:
    """The other party's word on the last review, and a record that is to be put right.

    The next review has a date, and stands among the dates.
    """
    agreement = reviews.agreement
    if agreement.takes_acts and reviews.held:
        yield from _of_last(reviews, reviews.held[0], situation)


# What follows an outcome: the kinds of change that bring it about, the step and its button.
_FOLLOWS: Final[dict[str, tuple[frozenset[str], str, str, str]]] = {
    Review.Outcome.VARY: (
        frozenset({"variation"}), "variation", "Vary the text, as the review decided",
        "Vary its text",
    ),
    Review.Outcome.END: (
        frozenset({"ending", "event", "end", "withdrawal"}), "ending",
        "Propose the end, as the review decided", "Propose that it ends",
    ),
}  # fmt: skip


def _what_follows(reviews: Reviews, held: Held, situation: Situation) -> Iterator[NextStep]:
    """What the parties decided at the last review, until somebody opens it (A26)."""
    review, agreement = held.review, reviews.agreement
    varies = review.outcome == Review.Outcome.VARY
    if review.outcome not in _FOLLOWS or held.disputes or (varies and agreement.is_registered):
        return
    kinds, slug, text, button = _FOLLOWS[review.outcome]
    since = clock.end_of(review.held_on - timedelta(days=1))
    opened = agreement.changes.filter(kind__in=kinds, opened_at__gte=since)
    if opened.exclude(state__in=["refused", "withdrawn"]).exists():
        return
    own = reviews.acting.organisation_id
    is_party = any(p.organisation.pk == own and not p.left_on for p in reviews.parties)
    yield NextStep(
        text,
        button,
        reverse("agreements:change_open", args=[agreement.reference, slug]),
        None,
        tuple(name for party in reviews.parties for name in situation.managers(party)),
        mine=is_party and MANAGERS.includes(reviews.acting),
    )


def _of_last(reviews: Reviews, held: Held, situation: Situation) -> Iterator[NextStep]:
    yield from _what_follows(reviews, held, situation)
    args = [reviews.agreement.reference, held.review.pk]
    own = reviews.acting.organisation_id
    # Who holds several sides says it once for all of them.
    awaited = {party.organisation.pk: party for party in held.awaited(reviews.agreement)}
    for party in awaited.values():
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
