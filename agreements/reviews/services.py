"""Recording that a review was held; either party may, and the others say whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agreements.core.confirming import is_news, require_other_side
from agreements.core.parties import require_role, side_of, version_of_terms
from agreements.core.telling import record, tell_managers
from agreements.models import Agreement, Review, ReviewAnswer
from agreements.reviews.due import (
    answered,
    ask_to_confirm,
    close_question,
    last_review,
    meet_review,
    set_review_due,
)
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.who import DRAFTERS

NOT_THE_NEWEST = "This is not the newest record any more. Look at it as it is now."


@dataclass(frozen=True)
class Outcome:
    """What came of a review: when it was held, what was decided, when the next one is due."""

    held_on: date
    outcome: str
    # None where the text asks for no reviews and the parties set no date.
    next_on: date | None
    note: str = ""


def record_review(*, by: Acting, agreement: Agreement, number: int, said: Outcome) -> Review:
    """Records the review of this number; the next one is due on the date said (A26).

    Nothing ends by it, whatever the outcome. Raises Refused for dates that cannot be, and when
    somebody else recorded this review first.
    """
    _check_may(by, agreement)
    with transaction.atomic():
        agreement = _lock_in_force(agreement)
        last = last_review(agreement)
        if number != (last.number + 1 if last else 1):
            raise Refused(f"{last.recorded_by if last else 'Somebody'} has recorded this review.")
        due_on = agreement.review_on or said.held_on
        review = _keep(by, agreement, said, number=number, due_on=due_on)
        meet_review(review)
        _follow(by, review, "review_recorded")
    return review


def correct_review(*, by: Acting, review: Review, said: Outcome, because: str) -> Review:
    """Puts the newest record right, with the reason; the others are asked about it anew."""
    _check_may(by, review.agreement)
    with transaction.atomic():
        agreement = _lock_in_force(review.agreement)
        if last_review(agreement) != review:
            raise Refused(NOT_THE_NEWEST)
        right = _keep(
            by,
            agreement,
            said,
            number=review.number,
            due_on=review.due_on,
            corrects=review,
            because=because,
        )
        for party in agreement.sides:
            close_question(review, party, agrees=False)
        _follow(by, right, "review_corrected", because=because)
    return right


def say_of_review(*, by: Acting, review: Review, agrees: bool, because: str = "") -> None:
    """Another party confirms the record, or says what is not right about it."""
    _check_may(by, review.agreement)
    require_other_side(by, review.agreement, review.recorded_for_id)
    with transaction.atomic():
        agreement = lock(review.agreement)
        if last_review(agreement) != review:
            raise Refused(NOT_THE_NEWEST)
        if not is_news(by, review.answers.all(), agrees=agrees, because=because):
            return
        _keep_word(by, review, agrees=agrees, because=because)
        answered(review, side_of(agreement, by), agrees=agrees)
        happening = record(
            by=by,
            verb="review_confirmed" if agrees else "review_disputed",
            agreement=agreement,
            about=review,
            held=review.held_on.isoformat(),
            because=because,
        )
        tell_managers(of=happening, kind="review_answered", by=by, others_only=True)


def _keep_word(by: Acting, review: Review, *, agrees: bool, because: str) -> None:
    ReviewAnswer.objects.create(
        review=review,
        organisation=by.on_behalf_of,
        agrees=agrees,
        reason=because,
        user=by.who,
        by_link=by.by_link,
        at=clock.now(),
    )


def _check_may(by: Acting, agreement: Agreement) -> None:
    require_role(by, DRAFTERS)
    side_of(agreement, by)


def _lock_in_force(agreement: Agreement) -> Agreement:
    agreement = lock(agreement)
    if not agreement.takes_acts:
        raise Refused("Only an agreement in force is reviewed.")
    return agreement


def _keep(by: Acting, agreement: Agreement, said: Outcome, **more: object) -> Review:
    """Writes the record down. The note is for both sides to read."""
    if said.held_on > clock.today():
        raise Refused("Enter the day of the review: it cannot be in the future.", field="held_on")
    if agreement.start_on and said.held_on < agreement.start_on:
        raise Refused("The review cannot be before the date of sign-off.", field="held_on")
    term = version_of_terms(agreement).typed_terms.review
    if said.next_on is None and term and term.after_months:
        raise Refused("Enter the next date of review: the text asks for one.", field="next_on")
    if said.next_on and said.next_on <= said.held_on:
        raise Refused("The next review has to be after this one.", field="next_on")
    return Review.objects.create(
        agreement=agreement,
        held_on=said.held_on,
        outcome=said.outcome,
        next_on=said.next_on,
        note=said.note,
        recorded_by=by.who,
        recorded_for=by.on_behalf_of,
        recorded_at=clock.now(),
        **more,
    )


def _follow(by: Acting, review: Review, verb: str, **data: str) -> None:
    """What a record brings about: the next date, the question to the others, the news of it."""
    agreement = review.agreement
    agreement.review_on = review.next_on
    agreement.save(update_fields=["review_on"])
    set_review_due(agreement)
    ask_to_confirm(review)
    happening = record(
        by=by,
        verb=verb,
        agreement=agreement,
        about=review,
        held=review.held_on.isoformat(),
        outcome=review.get_outcome_display(),
        next=review.next_on.isoformat() if review.next_on else "",
        record=review.pk,
        **data,
    )
    tell_managers(of=happening, kind="review_recorded", by=by, others_only=True)
