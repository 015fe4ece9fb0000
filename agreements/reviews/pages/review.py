"""The pages about one review: recording it, putting the record right, confirming it."""

from __future__ import annotations

from datetime import date

from agreements.core.parties import parties_of
from agreements.core.vacancies import version_of_terms
from agreements.models import Agreement, Review
from agreements.reviews.pages.section import reviews_of, standing
from agreements.reviews.rules import next_review_on
from deadlines.holidays import bank_holidays
from deadlines.rules.distance import distance
from house import clock
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting


class ReviewPage:
    """A page about one review of an agreement: the one that is due, or one that is recorded."""

    def __init__(self, agreement: Agreement, acting: Acting, review: Review | None = None) -> None:
        self.agreement, self.parties = agreement, parties_of(agreement)
        self.reviews = reviews_of(agreement, acting)
        self.held = next((h for h in self.reviews.held if h.review == review), None)

    @property
    def others(self) -> str:
        """Whom the reader has this MoU with."""
        own = self.reviews.acting.organisation_id
        return and_list(p.name for p in self.parties if p.organisation.pk != own)

    @property
    def between(self) -> str:
        return and_list(party.name for party in self.parties)

    @property
    def due(self) -> str:
        on = self.agreement.review_on
        return f"{day(on)}, {distance(on, clock.today(), bank_holidays())}" if on else "Not set"

    @property
    def notes(self) -> list[str]:
        return standing(self.agreement, self.reviews.held, clock.today())


def next_default(agreement: Agreement) -> date:
    """The next date that the form offers for a review that was held by today."""
    today = clock.today()
    return next_review_on(
        version_of_terms(agreement).typed_terms.review,
        start_on=agreement.start_on,
        due_on=agreement.review_on or today,
        held_on=today,
    )
