"""Recording a review on its page, and the other party's word on the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements.models import Agreement, Review
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.versions.services.versions import stop_preparing
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.reviewed import SIGNED_AT, on, reviewed
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.once import made_once
from tests.one_room import only_agreements
from tests.reading import all_words, main_button
from tests.stages import drafted, in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
ClientOf = Callable[[User], Client]
HELD, NEXT = date(2027, 2, 10), date(2028, 2, 3)


def _signed(cast: Cast) -> None:
    with only_agreements(), on(SIGNED_AT.date()):
        in_force(cast)


made, cast = made_once(_signed)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Signed on 3 February 2026, so that its first review is due on 3 February 2027."""
    return in_force(cast).agreement


def said(**more: Any) -> dict[str, Any]:
    """What the form sends."""
    dates = date_boxes("held_on", HELD) | date_boxes("next_on", NEXT)
    return {"number": 1, "outcome": "continue", "note": "It works well.", **dates} | more


def url(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/review/"


def test_either_party_records_it_and_the_other_is_told(
    cast: Cast, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    with on(HELD):
        client = client_of(cast.other_colleague)
        page = client.get(url(agreement)).content.decode()
        # The next anniversary is offered.
        for name, value in (("day", "3"), ("month", "2"), ("year", "2028")):
            assert f'name="next_on-{name}" type="text" value="{value}"' in page, name
        page = client.post(url(agreement), said(), follow=True).content.decode()
        assert "The review is recorded. The next one is due on 3 February 2028." in page
        assert "We told the MoU manager of Northern Moors Area Team." in page
        assert "They are asked to confirm it." in page
        shown = all_words(client_of(cast.viewer), agreement)
        [mail] = mailbox.to(cast.manager.email)[-1:]
    assert "Review held on 10 February 2027 Not yet confirmed" in shown
    assert "By Oscar Othersby for Eastmoor CCG on 10 February 2027." in shown
    assert "Not yet confirmed by Northern Moors Area Team." in shown
    assert "What was said It works well." in shown
    assert "Review due 3 February 2028, in 11 months." in shown
    assert mail.subject.startswith("Confirm the record of the review held on 10 February 2027: ")
    assert "Eastmoor CCG recorded the review of your MoU held on 10 February 2027" in mail.body
    assert "It works well" not in mail.body


def test_the_other_party_confirms_it_once(
    cast: Cast, client_of: ClientOf, agreement: Agreement, mailbox: Mailbox
) -> None:
    with on(HELD):
        review = reviewed(cast.manager, agreement, HELD, NEXT)
        ours, theirs = client_of(cast.manager), client_of(cast.other_manager)
        assert main_button(theirs, agreement) == "Look at the record"
        [todo] = HomePage(acting(cast.other_manager)).mine
        assert todo.sentence.startswith("Confirm what was recorded of the review of the MoU with N")
        at = f"/agreements/{agreement.reference}/reviews/{review.pk}/answer/"
        assert todo.url == at
        assert ours.get(at).status_code == 403
        assert "Say whether the record is right" in theirs.post(at, {"a": ""}).content.decode()
        page = theirs.post(at, {"answer": "yes"}, follow=True).content.decode()
        assert "You confirmed the record." in page
        theirs.post(at, {"answer": "yes"})
        assert review.answers.count() == 1
        shown = all_words(ours, agreement)
        assert not HomePage(acting(cast.other_manager)).mine
        assert "Record of the review" in mailbox.to(cast.manager.email)[-1].subject
    assert "Review held on 10 February 2027 Confirmed" in shown
    assert "Olga Other confirmed it for Eastmoor CCG on 10 February 2027." in shown


def test_what_is_not_right_is_put_right_by_either(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with on(HELD):
        review = reviewed(cast.manager, agreement, HELD, NEXT)
        ours, theirs = client_of(cast.manager), client_of(cast.other_manager)
        at = f"/agreements/{agreement.reference}/reviews/{review.pk}/"
        assert (
            "Say what is not right"
            in theirs.post(f"{at}answer/", {"answer": "no"}).content.decode()
        )
        theirs.post(f"{at}answer/", {"answer": "no", "because": "We said vary."})
        shown = all_words(ours, agreement)
        assert (
            "Put the record of the review right Waiting for you. Not right: “We said vary.”"
            in shown
        )
        assert "Olga Other said that it is not right for Eastmoor CCG" in shown
        more = said(outcome="vary", because="The outcome was another.") | date_boxes(
            "next_on", date(2027, 8, 1)
        )
        page = ours.post(f"{at}correct/", more, follow=True).content.decode()
        assert "The record is put right. The next one is due on 1 August 2027." in page
        assert "Next: agree the new text." in page
        shown = all_words(ours, agreement)
        assert "Put right on 10 February 2027: The outcome was another. Before, it said" in shown
        assert "continue it as it is, next on 3 February 2028." in shown
        assert shown.count("Review held on") == 1
        # The old record takes no more answers.
        page = theirs.post(f"{at}answer/", {"answer": "yes"}).content.decode()
        assert "This is not the newest record any more." in page
    [due] = Deadline.objects.filter(kind="review").still_open()
    assert (due.occurrence, due.due_on, due.generation) == ("2", date(2027, 8, 1), 2)


@pytest.mark.parametrize("outcome", Review.Outcome.values)
def test_no_outcome_ends_anything(
    cast: Cast, client_of: ClientOf, agreement: Agreement, outcome: str
) -> None:
    with on(HELD):
        client_of(cast.manager).post(url(agreement), said(outcome=outcome))
        shown = all_words(client_of(cast.other_viewer), agreement)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.review_on) == ("in_force", NEXT)
    expected = {"continue": "", "vary": "The present text holds", "end": "It stays in force until"}
    assert expected[outcome] in shown


def test_a_missed_review_ends_nothing_and_says_so(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with on(date(2029, 5, 1)):
        shown = all_words(client_of(cast.viewer), agreement)
        page = client_of(cast.viewer).get("/agreements/?attention=on").content.decode()
    assert "In force since 3 February 2026. The review was due on 3 February 2027" in shown
    assert "A missed review ends nothing: the MoU stays in force." in shown
    assert "Review late" in page
    assert "Review was due 3 February 2027" in page


def test_dates_that_cannot_be_are_said_at_their_field(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with on(HELD):
        client = client_of(cast.manager)
        for more, sentence in (
            (date_boxes("held_on", date(2027, 2, 11)), "it cannot be in the future"),
            (date_boxes("held_on", date(2026, 2, 2)), "cannot be before the date of sign-off"),
            (date_boxes("next_on", HELD), "The next review has to be after this one"),
            (date_boxes("next_on", None), "Enter the next date of review"),
            ({"outcome": ""}, "Choose what the parties decided"),
            ({"number": "2"}, "Somebody has recorded this review."),
            ({"number": "x"}, "does not say which review it is about"),
        ):
            page = client.post(url(agreement), said() | more).content.decode()
            assert sentence in page, sentence
            assert "It works well." in page
    assert not Review.objects.exists()


def test_a_second_press_records_no_second_review(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    with on(HELD):
        client = client_of(cast.manager)
        client.post(url(agreement), said())
        page = client.post(url(agreement), said()).content.decode()
    assert "Maud Manager has recorded this review." in page
    assert Review.objects.count() == 1


def test_who_may_only_read_reads(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    assert client_of(cast.viewer).get(url(agreement)).status_code == 403
    assert client_of(cast.stranger).get(url(agreement)).status_code == 404
    assert "Record the outcome" not in all_words(client_of(cast.viewer), agreement)
    assert "No review is recorded yet." in all_words(client_of(cast.viewer), agreement)


def test_before_it_is_in_force_there_is_nothing_to_review(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    agreement = drafted(cast, source=agreement.template_version)
    client = client_of(cast.manager)
    page = client.get(url(agreement), follow=True).content.decode()
    assert "Only an agreement in force is reviewed." in page
    assert "Record the outcome" not in all_words(client, agreement)
    stop_preparing(by=acting(cast.manager), agreement=agreement, because="No.")
    assert not Deadline.objects.about(agreement.reference).exists()


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_the_forms_do_not_break(
    cast: Cast, client_of: ClientOf, agreement: Agreement, text: str
) -> None:
    client = client_of(cast.manager)
    with on(HELD):
        names = ("number", "held_on-day", "next_on-year", "outcome", "note", "because", "answer")
        assert client.post(url(agreement), dict.fromkeys(names, text)).status_code == 200
        page = client.post(url(agreement), said(note=text), follow=True)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
        review = reviewed(cast.other_manager, agreement, HELD, date(2029, 1, 1))
        for name in ("answer", "correct"):
            at = f"/agreements/{agreement.reference}/reviews/{review.pk}/{name}/"
            assert client.post(at, dict.fromkeys(names, text)).status_code == 200
        client.post(at.replace("correct", "answer"), {"answer": "no", "because": text})
        ours = f"/agreements/{agreement.reference}/"
        pages = [client.get(f"{ours}{page}") for page in ("", "kept/", "history/")]
    assert all(page.status_code == 200 for page in pages)
    assert not any(b"<script>alert" in page.content for page in pages)


def test_in_print_stands_the_date_of_review_that_was_signed(
    cast: Cast, agreement: Agreement
) -> None:
    with on(HELD):
        reviewed(cast.manager, agreement, HELD, NEXT)
    agreement.refresh_from_db()
    assert agreement.in_force_version
    printed = AgreementDocument(agreement.in_force_version, at=clock.now())
    assert (agreement.review_on, printed.review_on) == (NEXT, "3 February 2027")


def test_as_long_as_the_text_asks_for_reviews_there_is_a_next_one(
    cast: Cast, agreement: Agreement
) -> None:
    with on(HELD), pytest.raises(Refused, match="Enter the next date of review"):
        reviewed(cast.manager, agreement, HELD, None)
