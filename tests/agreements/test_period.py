"""From when to when an agreement runs: with effect from a day, until a day or an event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agreements.models import Agreement
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.terms import Days, Period, ReviewTerm
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from meetings.models import Series
from tests.agreements.reviewed import on
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.on_terms import drafted_on, in_force_on
from tests.reading import all_words, words_at
from tests.stages import draft_of

pytestmark = pytest.mark.django_db
SIGNED, EFFECT = date(2018, 2, 5), date(2018, 3, 1)
PERIOD = Period(
    starts_on=EFFECT, ends_on=date(2019, 3, 31), ends_when="the plan is delivered",
    extension_by=date(2019, 1, 31), notice_months=1,
)  # fmt: skip
SENTENCES = (
    "The agreement has effect from 1 March 2018.",
    "The agreement ends on 31 March 2019 or when the plan is delivered, whichever is sooner.",
    "The parties agree by 31 January 2019 whether to extend it.",
    "A party may end it by notice of 1 month.",
)


def signed(cast: Cast, **terms: Any) -> Agreement:
    with on(SIGNED):
        return in_force_on(cast, **terms)


def test_its_year_its_review_and_its_meetings_count_from_the_day_of_effect(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast, period=PERIOD, minimum_months=6)
    assert (agreement.start_on, agreement.runs_from) == (SIGNED, EFFECT)
    assert (agreement.review_on, agreement.end_on) == (date(2019, 3, 1), date(2019, 3, 31))
    assert Series.objects.get().counts_from == EFFECT
    [review] = Deadline.objects.filter(kind="review")
    assert review.working == "Twelve months after the day of effect, 1 March 2018."
    with on(SIGNED):
        words = all_words(client_of(cast.viewer), agreement)
        assert "signed on 5 February 2018, with effect from 1 March 2018" in words
        assert "It ends on 31 March 2019 or when the plan is delivered" in words
        assert "1 Sep 2018 What In force at least until 6 months after 1 March 2018." in words
    with on(date(2019, 4, 2)):
        words = all_words(client_of(cast.viewer), agreement)
    assert "since 1 March 2018, past its end of 31 March 2019" in words


def test_meetings_are_owed_from_the_day_of_effect_on(cast: Cast) -> None:
    signed(cast, period=PERIOD)
    assert not Deadline.objects.filter(kind="meetings_owed").exists()
    with on(EFFECT):
        sweep_reminders()
    assert Deadline.objects.get(kind="meetings_owed").due_on == date(2019, 2, 28)


def test_before_signature_the_dates_stand_as_they_will_follow(
    cast: Cast, client_of: ClientOf
) -> None:
    december = ReviewTerm(in_month="2018-12")
    agreement = drafted_on(cast, period=PERIOD, review=december)
    words = all_words(client_of(cast.viewer), agreement)
    for said in (
        "Date of sign-off The day of the last signature",
        "With effect from 1 March 2018",
        "End 31 March 2019 or when the plan is delivered, whichever is sooner",
        "Date of review In December 2018",
    ):
        assert said in words, said


def test_the_draft_and_the_document_say_it_as_the_text_does(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted_on(cast, period=PERIOD)
    page = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/text/")
    document = AgreementDocument(draft_of(agreement), at=clock.now())
    printed = " ".join(s for term in document.terms_in_words() for s in term.sentences)
    for sentence in SENTENCES:
        assert sentence in page
        assert sentence in printed
    assert document.effective_on == "1 March 2018"
    assert document.ends == "31 March 2019 or when the plan is delivered, whichever is sooner"


def test_a_review_in_a_month_is_printed_so_once_it_is_signed(cast: Cast) -> None:
    agreement = signed(cast, period=PERIOD, review=ReviewTerm(in_month="2018-12"))
    assert agreement.review_on == date(2018, 12, 31)
    assert agreement.in_force_version
    assert (
        AgreementDocument(agreement.in_force_version, at=clock.now()).review_on
        == "In December 2018"
    )


def test_what_ends_with_an_event_alone_has_no_day(cast: Cast, client_of: ClientOf) -> None:
    agreement = signed(cast, period=Period(ends_when="the plan is delivered"))
    assert (agreement.end_on, agreement.effective_on) == (None, None)
    words = all_words(client_of(cast.viewer), agreement)
    assert "It ends when the plan is delivered." in words
    assert "effect from" not in words


@pytest.mark.parametrize(
    ("term", "due_on", "said", "told"),
    [
        (ReviewTerm(in_month="2018-12"), date(2018, 12, 31), "in December 2018", [60, 37, 30]),
        (ReviewTerm(on=date(2018, 9, 30)), date(2018, 9, 30), "on 30 September 2018", [30, 7, 0]),
        (
            ReviewTerm(within=Days(first=date(2018, 11, 1), last=date(2019, 1, 31))),
            date(2019, 1, 31),
            "between 1 November 2018 and 31 January 2019",
            [121, 98, 91],
        ),
    ],
)
def test_a_review_on_a_day_of_its_own_is_due_on_the_last_day(
    cast: Cast, client_of: ClientOf, term: ReviewTerm, due_on: date, said: str, told: list[int]
) -> None:
    agreement = signed(cast, review=term.model_copy(update={"offsets_days": (30, 7)}))
    assert agreement.review_on == due_on
    review = Deadline.objects.get(kind="review")
    assert review.working == f"The text puts the first review {said}."
    offsets = list(review.reminders.order_by("send_at").values_list("offset", flat=True))
    assert offsets[:3] == [f"days:-{days}" if days else "days:0" for days in told]
    # The text names no other: the next date may stay empty.
    with on(due_on):
        page = words_at(client_of(cast.manager), f"/agreements/{agreement.reference}/review/")
    assert "asks for one" not in page
