"""A review recorded by both at once: one record counts, and dates stay true."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from agreements.models import Access, Agreement, Review
from agreements.reviews.services import Outcome, correct_review, record_review, say_of_review
from deadlines.models import Deadline
from deadlines.services.setting import For, set_deadline
from house import clock
from house.refusals import Refused
from parties.models import User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.stages import in_force

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nothing_but_agreements"),
]
FIRST, SECOND = 300, 400


def days(number: int) -> date:
    """So many days from now: a run that passes midnight asks anew."""
    return clock.today() + timedelta(days=number)


def records(who: User, agreement: Agreement, number: int, next_on: date) -> Act:
    said = Outcome(days(0), "continue", next_on)

    def act() -> Review:
        found = Agreement.objects.get(pk=agreement.pk)
        return record_review(by=acting(who), agreement=found, number=number, said=said)

    return who, act


def test_two_record_the_outcome_at_once(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    for number in range(1, ROUNDS + 1):
        answers = at_once(
            [
                records(cast.manager, agreement, number, days(FIRST)),
                records(cast.other_manager, agreement, number, days(SECOND)),
            ]
        )
        [refusal] = refusals(answers)
        assert refusal.endswith("has recorded this review.")
        [review] = [each for each in answers if not isinstance(each, Refused)]
        agreement.refresh_from_db()
        assert agreement.review_on == review.next_on
        [deadline] = Deadline.objects.filter(kind="review").still_open()
        assert (deadline.occurrence, deadline.due_on) == (str(number + 1), review.next_on)
        assert {row.next_due_on for row in Access.objects.all()} == {review.next_on}
    assert Review.objects.count() == ROUNDS


def test_put_right_while_the_other_confirms(cast: Cast) -> None:
    agreement, said = in_force(cast).agreement, Outcome(days(0), "continue", days(FIRST))
    for number in range(1, ROUNDS + 1):
        review = record_review(
            by=acting(cast.manager), agreement=agreement, number=number, said=said
        )

        def confirm(review: Review = review) -> Any:
            return say_of_review(by=acting(cast.other_manager), review=review, agrees=True)

        def put_right(review: Review = review) -> Any:
            right = Outcome(days(0), "vary", days(SECOND))
            return correct_review(
                by=acting(cast.colleague), review=review, said=right, because="Vary."
            )

        answers = at_once([(cast.other_manager, confirm), (cast.colleague, put_right)])
        assert isinstance(answers[1], Review)
        # What was confirmed is the old record: the new one is asked about.
        to_confirm = Deadline.objects.filter(kind="review_to_confirm").still_open()
        assert to_confirm.filter(subject_key=f"review:{answers[1].pk}").count() == 1
        assert not to_confirm.filter(subject_key=f"review:{review.pk}").exists()


def test_dates_of_one_agreement_set_at_once_are_all_seen(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    people = [cast.manager, cast.other_manager]

    def sets(who: User, number: int) -> Act:
        return who, lambda: set_deadline(
            kind="review",
            subject_key=f"other:{number}",
            due_on=days(number),
            holders=[For(cast.area_team), For(cast.ccg)],
            references=[agreement.reference],
        )

    for round_ in range(ROUNDS, 0, -1):
        at_once([sets(people[n % 2], round_ * 10 + n) for n in range(4)])
        nearest = days(round_ * 10)
        assert {row.next_due_on for row in Access.objects.all()} == {nearest}
