"""A registered copy as the other party checks it."""

from __future__ import annotations

from datetime import date

from agreements.core.parties import parties_of
from agreements.models import RegisteredCopy
from agreements.reviews.queries import first_date_of_review
from agreements.signing.pages.documents import FileOnPage, registered_copy
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting


class CopyPage:
    def __init__(self, copy: RegisteredCopy, acting: Acting) -> None:
        self.copy, self.agreement = copy, copy.agreement
        own = copy.confirmations.filter(organisation=acting.organisation_id)
        self.said = own.select_related("user__person").order_by("at", "pk").last()

    @property
    def file(self) -> FileOnPage:
        return registered_copy(self.copy)

    @property
    def between(self) -> str:
        return and_list(party.name for party in parties_of(self.agreement))

    @property
    def review_on(self) -> date | None:
        return first_date_of_review(self.agreement)

    @property
    def said_before(self) -> str:
        """What one's own organisation said before, if it did."""
        if self.said is None:
            return ""
        what = "that it is right" if self.said.agrees else f"what is not right: {self.said.reason}"
        return f"{self.said.user.get_full_name()} said on {day(self.said.at)} {what}"
