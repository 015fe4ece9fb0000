"""What reviews answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import Agreement
from agreements.reviews import keeping
from agreements.reviews.due import review, to_confirm
from agreements.reviews.pages import reviews_of, section_of
from deadlines.kinds import DeadlineKind
from house.room import Keeping, Room, Section
from house.rooms import register
from parties.acting import Acting

SENTENCES = {
    "review_recorded": "{actor} recorded the review held on {held}: {outcome_said}. "
    "The next one is due on {next}.",
    "review_corrected": "{actor} put the record of the review right. Held on {held}: "
    "{outcome_said}. The next one is due on {next}.",
    "review_confirmed": "{actor} confirmed what was recorded of the review held on {held}.",
    "review_disputed": "{actor} said that the record of the review held on {held} is not right.",
}


class ReviewsRoom(Room):
    name = "agreements.reviews"

    def sections(self, agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Section]]:
        found = [reviews_of(agreement, acting) for agreement in agreements]
        return {each.agreement.pk: [section_of(each)] for each in found if each.is_shown}

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the date of review"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return {pk: {keeping.KEY: each} for pk, each in keeping.keepings(agreements).items()}

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [review.KIND, to_confirm.KIND]

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(ReviewsRoom())
