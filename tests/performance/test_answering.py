"""A request under a standard, from its receipt to its answer, through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from nhsuk.forms import date_boxes
from performance.models import Request
from performance.presenters.words import page_of
from performance.services.steps import (
    acknowledge,
    answer,
    enter_in_error,
    exclude,
    pause,
    reopen,
    resume,
    update,
    withdraw,
)
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.performance.stage import SUBJECT, again, agreement_of, asked, on, side
from tests.reading import words_at, words_of
from tests.typed import fields_of

MONDAY, FIFTH, TWENTIETH = date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 29)


def sends(client: Client, path: str, **said: Any) -> str:
    """The form of a page, filled in; the words that come next."""
    form = fields_of(client.get(path).content.decode())
    return words_of(client.post(path, form | said, follow=True))


def open_dates(request: Request) -> dict[str, date | None]:
    rows = Deadline.objects.filter(subject_key=f"request:{request.pk}", state="open")
    return dict(rows.values_list("kind", "due_on"))


def test_a_query_is_recorded_acknowledged_and_answered(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = agreement_of(cast)
    ours, theirs = side(agreement), side(agreement, "ccg")
    new = f"/requests/new/{agreement.reference}/"
    with on(MONDAY):
        page = sends(
            client_of(cast.other_manager), new, kind="query", subject=SUBJECT,
            asked_of=str(ours.pk), asked_by=str(theirs.pk),
        )  # fmt: skip
        request = Request.objects.get()
        assert "Request 1 is recorded." in page
        assert "We told the MoU manager of Northern Moors Area Team." in page
        assert "Received on Monday 1 June 2026. Day 1 is Tuesday 2 June 2026" in page
        assert open_dates(request) == {
            "request_acknowledge": FIFTH, "request_answer": TWENTIETH,
        }  # fmt: skip
    with on(FIFTH):
        at = page_of(request)
        page = sends(client_of(cast.manager), f"{at}acknowledge/")
        assert "Request 1 is acknowledged." in page
        assert "Acknowledgement In time" in page
        news = sends(
            client_of(cast.manager), f"{at}news/", text="Half is there.",
            **date_boxes("until", date(2026, 6, 22)),
        )  # fmt: skip
        assert "News of it: the next news comes by 22 June 2026" in news
        assert open_dates(request) == {"request_answer": date(2026, 6, 22)}
    with on(date(2026, 6, 22)):
        page = sends(client_of(cast.manager), f"{at}answer/", text="All of it is there.")
    assert "Request 1 is answered." in page
    assert "All of it is there." in page
    assert again(request).outcome == Request.Outcome.IN_TIME
    assert open_dates(request) == {}


def test_a_request_for_information_is_acknowledged_with_the_day_promised(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(MONDAY):
        request = asked(cast, "information")
        path = f"{page_of(request)}acknowledge/"
        page = sends(client_of(cast.manager), path)
        assert "Enter the day on which the answer will be there" in page
        page = sends(client_of(cast.manager), path, **date_boxes("until", date(2026, 6, 12)))
    assert "Acknowledged: the answer is promised for 12 June 2026" in page
    assert "Promised for Friday 12 June 2026." in page
    found = again(request)
    assert (found.outcome, found.promised_on, found.due_clock) == (
        "in_time", date(2026, 6, 12), "promise",
    )  # fmt: skip
    with on(date(2026, 6, 15)):
        answer(by=acting(cast.manager), request=found)
    found = again(request)
    assert (found.outcome, found.broke_promise) == ("in_time", True)


def test_an_answer_before_an_acknowledgement_is_one_and_that_is_said(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(MONDAY):
        request = asked(cast)
        page = sends(client_of(cast.manager), f"{page_of(request)}answer/", text="Here it is.")
    assert "It was not acknowledged before: this acknowledges it too." in page
    found = again(request)
    assert (found.acknowledged_on, found.outcome) == (MONDAY, "in_time")


def test_what_comes_after_its_day_is_late_for_good(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
    with on(date(2026, 6, 9)):
        acknowledge(by=acting(cast.manager), request=request)
        answer(by=acting(cast.manager), request=request)
    assert again(request).outcome == "late"
    with on(date(2026, 6, 10)):
        reopen(by=acting(cast.other_manager), request=request, because="Half is missing.")
        assert open_dates(request) == {"request_answer": date(2026, 7, 8)}
        answer(by=acting(cast.manager), request=request)
    assert again(request).outcome == "late"


def test_an_exclusion_is_one_of_the_standards_own_with_a_reason(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(MONDAY):
        query, data = asked(cast), asked(cast, "information")
        page = sends(client_of(cast.manager), f"{page_of(data)}leave-out/")
        assert "what nobody collects" in page
        assert "Choose what the standard leaves out" in page
        assert "Enter why this falls under it" in page
        by, other = acting(cast.manager), "what nobody collects"
        with pytest.raises(Refused, match="exclusions of the standard"):
            exclude(by=by, request=query, exclusion=other, because="So.")
        page = sends(
            client_of(cast.manager), f"{page_of(data)}leave-out/", exclusion=other,
            because="No practice counts this.",
        )  # fmt: skip
        assert "Request 2 is left out." in page
        assert "“what nobody collects”. No practice counts this." in page
        kept = words_at(client_of(cast.viewer), "/requests/?state=excluded")
        assert SUBJECT in kept
    assert again(data).state == "excluded"


def test_the_time_stands_still_where_the_standard_allows_it(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        query, data = asked(cast), asked(cast, "information")
        with pytest.raises(Refused, match="does not let the time stand still"):
            pause(by=by, request=data, because="We wait.")
    with on(date(2026, 6, 3)):
        pause(by=by, request=query, because="Which year?")
        assert open_dates(query) == {}
        assert again(query).due_on is None
    with on(date(2026, 6, 10)):
        resume(by=by, request=query)
        assert open_dates(query)["request_acknowledge"] == date(2026, 6, 16)
    subject = f"request:{query.pk}"
    deadline = Deadline.objects.get(kind="request_acknowledge", subject_key=subject)
    assert "It stood still from 3 June 2026 to 10 June 2026." in deadline.working


def test_days_are_in_order_and_none_is_to_come(cast: Cast) -> None:
    by = acting(cast.manager)
    with on(MONDAY):
        request = asked(cast)
    with on(date(2026, 6, 4)):
        with pytest.raises(Refused, match="Enter that day or a later one"):
            answer(by=by, request=request, on=date(2026, 5, 31))
        with pytest.raises(Refused, match="still to come"):
            answer(by=by, request=request, on=date(2026, 6, 5))
        with pytest.raises(Refused, match=r"by 18 June 2026\."):
            update(by=by, request=request, until=date(2026, 6, 19), text="So far.")
        with pytest.raises(Refused, match="later than this"):
            update(by=by, request=request, until=date(2026, 6, 4), text="So far.")
        answer(by=by, request=request, on=MONDAY)
        with pytest.raises(Refused, match="answered now"):
            answer(by=by, request=request)


def test_who_may_do_what(cast: Cast) -> None:
    ours, theirs = acting(cast.manager), acting(cast.other_manager)
    with on(MONDAY):
        request = asked(cast)
        with pytest.raises(NotYours, match="Only Northern Moors Area Team may do this"):
            pause(by=theirs, request=request, because="No.")
        with pytest.raises(NotYours, match="Only whoever asked"):
            withdraw(by=ours, request=request, because="No.")
        with pytest.raises(NotYours, match="Only Eastmoor CCG can say"):
            enter_in_error(by=ours, request=request, because="No.")
        with pytest.raises(NotYours):
            answer(by=acting(cast.viewer), request=request)
        withdraw(by=theirs, request=request, because="We found it.")
        assert open_dates(request) == {}
        enter_in_error(by=theirs, request=request, because="Asked twice.")
    assert again(request).state == "in_error"


def test_both_sides_are_told_and_no_words_of_it_are_sent(cast: Cast, mailbox: Mailbox) -> None:
    with on(MONDAY):
        before = len(mailbox.all)
        request = asked(cast)
        [first] = mailbox.all[before:]
        assert first.to == [cast.manager.email]
        assert first.subject.startswith("Acknowledge request 1 by 8 June 2026: with Eastmoor CCG")
        acknowledge(by=acting(cast.manager), request=request)
        second = mailbox.all[-1]
        assert second.to == [cast.other_manager.email]
        assert "Request 1 acknowledged on 1 June 2026" in second.subject
    for mail in mailbox.all[before:]:
        assert SUBJECT not in f"{mail.subject} {mail.body}"
        assert page_of(request) in mail.body


def test_a_viewer_reads_it_and_has_no_button(cast: Cast, client_of: ClientOf) -> None:
    with on(MONDAY):
        request = asked(cast)
        page = words_at(client_of(cast.other_viewer), page_of(request))
    assert SUBJECT in page
    assert "Record the answer" not in page
    assert client_of(cast.stranger).get(page_of(request)).status_code == 404
