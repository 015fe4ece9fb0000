"""What reviews answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from agreements.core.confirming import by_any_of
from agreements.core.parties import versions_in_force
from agreements.core.reached import subpage_url
from agreements.models import Agreement, Version
from agreements.reviews.due import KINDS, keep_asking, set_review_due
from agreements.reviews.emailed import ReviewsEmailed
from agreements.reviews.measures import measures
from agreements.reviews.pages import Reviews, section_of
from agreements.reviews.queries import Held, held_reviews
from deadlines.kinds import DeadlineKind
from house import clock
from house.answers import Evidence, Keeping, Measure, Section
from house.room import Room
from house.rooms import register
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Succession


def _keeping(agreement: Agreement, held: Sequence[Held], today: date) -> Keeping:
    due_on, evidence = agreement.review_on, _evidence(agreement, held)
    if due_on is None and held:
        return _of_last(held[0], agreement, None, evidence)
    if due_on is None:
        return Keeping("nothing_yet", "No date of review is set.")
    if agreement.review_was_past:
        sentence = f"{day(due_on)} had passed when the MoU was registered. No review is recorded."
        return Keeping("due", sentence, evidence)
    if due_on < today:
        sentence = f"The review was due on {day(due_on)} and is not recorded. That ends nothing."
        return Keeping("missed", sentence, evidence)
    if due_on <= today + _ahead(agreement.in_force_version):
        return Keeping("due", f"The review is due on {day(due_on)}.", evidence)
    if not held:
        return Keeping("nothing_yet", f"The first review is due on {day(due_on)}.")
    return _of_last(held[0], agreement, due_on, evidence)


def _of_last(
    held: Held, agreement: Agreement, due_on: date | None, evidence: tuple[Evidence, ...]
) -> Keeping:
    last, follows = f"Held on {day(held.review.held_on)}", _follows(due_on)
    if held.disputes:
        return Keeping("due", f"{last}; one party says that the record is not right.", evidence)
    if awaited := held.awaited(agreement):
        names = by_any_of(awaited)
        return Keeping("kept", f"{last}; not yet confirmed by {names}. {follows}", evidence)
    return Keeping("kept", f"{last}. {follows}", evidence)


def _follows(due_on: date | None) -> str:
    return f"The next is due on {day(due_on)}." if due_on else "No next date is set."


def _evidence(agreement: Agreement, held: Sequence[Held]) -> tuple[Evidence, ...]:
    url = subpage_url(agreement.reference, "kept") + "#review"
    return tuple(
        Evidence(f"{each.review.get_outcome_display()}, {day(each.review.held_on)}", url)
        for each in held
    )


def _ahead(version: Version | None) -> timedelta:
    """People are reminded for the last time ahead of it: from then on it is due. In a month or a
    period it is due from its first day."""
    term = version.typed_terms.review if version else None
    if term and term.days_before_last:
        return timedelta(days=term.days_before_last)
    return timedelta(days=min(term.offsets_days if term else (), default=0))


SENTENCES = {
    "review_recorded": "{actor} recorded the review held on {held}: {outcome_said}. {next_said}",
    "review_corrected": "{actor} put the record of the review right. Held on {held}: "
    "{outcome_said}. {next_said}",
    "review_confirmed": "{actor} confirmed what was recorded of the review held on {held}.",
    "review_disputed": "{actor} said that the record of the review held on {held} is not right.",
}


class ReviewsRoom(Room):
    name, called = "agreements.reviews", "Reviews"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        reviews = Reviews(agreement, acting) if subpage == "kept" else None
        return [section_of(reviews)] if reviews and reviews.is_shown else []

    def keeping_kinds(self) -> dict[str, str]:
        return {"review": "the date of review"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        """Agreement id -> the answer, for those that were ever in force (two queries)."""
        found, today = [each.agreement for each in versions_in_force(agreements)], clock.today()
        held = held_reviews(found)
        return {each.pk: {"review": _keeping(each, held[each.pk], today)} for each in found}

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        set_review_due(agreement)

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        """A record of a side that is now the asked one's own waits for no word."""
        keep_asking(agreement)

    def takes_emails(self) -> list[ReviewsEmailed]:
        return [ReviewsEmailed()]

    def deadline_kinds(self) -> list[DeadlineKind]:
        return KINDS

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(ReviewsRoom())
