"""Reviews as things that saved e-mails are put on (X12)."""

from __future__ import annotations

from django.db.models import QuerySet

from agreements.core.emailing import OfAgreement, Thing
from agreements.core.reached import steps, subpage_url
from agreements.models import Agreement, Review
from house.wall import WhoAsks
from nhsuk.dates import day


class ReviewsEmailed(OfAgreement[Review]):
    key = "review"
    label = "a review"

    def visible(self, acting: WhoAsks) -> QuerySet[Review]:
        return Review.objects.visible_to(acting).select_related("agreement")

    def all_rows(self) -> QuerySet[Review]:
        return Review.objects.select_related("agreement")

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[Review]:
        rows = self.visible(acting).filter(agreement=agreement, corrected_by=None)
        return rows.order_by("-number")

    def agreement_of(self, thing: Review) -> Agreement:
        return thing.agreement

    def said(self, thing: Review) -> Thing:
        agreement, held = thing.agreement, day(thing.held_on)
        url = subpage_url(agreement.reference, "kept") + "#review"
        return Thing(
            f"Review held on {held}", f"the review held on {held}", url, agreement.full_title,
            steps(agreement), thing.recorded_at, lists_apart=True,
        )  # fmt: skip
