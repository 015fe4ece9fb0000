"""Recording a request on somebody's behalf, at any hour, and what does not fit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from house.refusals import Refused
from nhsuk.forms import date_boxes
from performance.models import Request
from performance.presenters.words import page_of
from performance.services.saying import name_person, say
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.performance.stage import SUBJECT, again, agreement_of, asked, on, side
from tests.performance.test_answering import MONDAY, open_dates, sends
from tests.reading import words_at


def recorded(cast: Cast, client_of: ClientOf, **more: Any) -> str:
    agreement = agreement_of(cast)
    said = {
        "kind": "query", "subject": SUBJECT, "asked_of": str(side(agreement).pk),
        "asked_by": "outside", "asker": "Beckside Surgery", "how": "phone",
    }  # fmt: skip
    path = f"/requests/new/{agreement.reference}/"
    return sends(client_of(cast.manager), path, **(said | more))


def test_a_practice_asks_by_telephone_and_the_party_asked_records_it(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2026, 6, 8)):
        page = recorded(cast, client_of, time="4:45 pm", **date_boxes("day", date(2026, 6, 5)))
    assert "Asked by Beckside Surgery" in page
    assert "Recorded by Northern Moors Area Team for whoever asked." in page
    assert "4:45 pm BST on 5 June 2026, by telephone" in page
    assert "Received on Friday 5 June 2026. Day 1 is Monday 8 June 2026" in page


def test_a_day_without_its_hour_is_shown_without_one(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2026, 6, 8)):
        for received in (date(2026, 6, 5), date(2026, 6, 8)):
            page = recorded(cast, client_of, how="paper", **date_boxes("day", received))
            assert f"Received {received.day} June 2026, on paper" in page
    assert not Request.objects.filter(has_time=True).exists()


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({"time": "9:00 am"}, "Enter the day as well as the time"),
        ({**date_boxes("day", date(2026, 3, 29)), "time": "1:30 am"},
         "The clocks go forward over this time"),
        (date_boxes("day", date(2026, 6, 9)), "cannot be received later than now"),
        (date_boxes("day", date(2026, 3, 1)), "runs from 2 March 2026"),
        ({"asker": ""}, "Enter which practice or organisation asks"),
        ({"subject": "x" * 10_000}, "must be 200 characters or fewer"),
        ({"kind": ""}, "Choose what it is"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_a_sentence_and_nothing_typed_is_lost(
    cast: Cast, client_of: ClientOf, boxes: dict[str, str], sentence: str
) -> None:
    with on(date(2026, 6, 8)):
        page = recorded(cast, client_of, details="Typed with care", **boxes)
    assert sentence in page
    assert "Typed with care" in page
    assert not Request.objects.exists()


def test_a_time_that_comes_twice_is_the_first_and_that_is_said(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2026, 10, 26)):
        page = recorded(cast, client_of, time="1:30 am", **date_boxes("day", date(2026, 10, 25)))
    assert "That time came twice that night" in page
    assert Request.objects.get().received_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_nobody_asks_itself(cast: Cast) -> None:
    with on(MONDAY), pytest.raises(Refused, match="Nobody asks itself"):
        asked(cast, asked_by=side(agreement_of(cast)))


def test_the_standard_is_the_one_of_the_side_and_kind(cast: Cast) -> None:
    with on(MONDAY):
        ours, visit = asked(cast, "information"), asked(cast, "practice_visit")
        agreement = agreement_of(cast)
        theirs = asked(
            cast, asked_of=side(agreement, "ccg"), asked_by=side(agreement), by=cast.manager
        )
    assert [each.standard_key for each in (ours, visit, theirs)] == ["data", "", ""]
    # Without a date it waits on Home, and nobody is reminded.
    assert open_dates(visit) == {"request_answer": None}


def test_whoever_is_named_answers_in_any_role(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(MONDAY):
        request = asked(cast)
        name_person(by=acting(cast.manager), request=request, person=person_of(cast.viewer))
        assert mailbox.all[-1].to == [cast.viewer.email]
        assert "Acknowledge request 1 by 8 June 2026" in mailbox.all[-1].subject
        page = sends(client_of(cast.viewer), f"{page_of(request)}answer/", text="Here.")
        assert "Request 1 is answered." in page
        with pytest.raises(Refused, match="does not work for"):
            name_person(
                by=acting(cast.manager), request=request, person=person_of(cast.other_manager)
            )


def test_another_side_says_that_an_answer_is_not_right(cast: Cast, client_of: ClientOf) -> None:
    with on(MONDAY):
        request = asked(cast)
        sends(client_of(cast.manager), f"{page_of(request)}answer/", text="We sent it.")
        step = request.steps.get(kind="answered")
        path = f"{page_of(request)}steps/{step.pk}/"
        page = sends(client_of(cast.other_manager), path, answer="no", because="Nothing came.")
        assert "You said what is not right." in page
        assert "Said to be not right" in page
        assert again(request).is_disputed
        assert client_of(cast.manager).get(path).status_code == 403
        say(by=acting(cast.other_manager), request=request, step=step, agrees=True)
    assert not again(request).is_disputed


def test_the_list_shows_what_both_sides_may_read(cast: Cast, client_of: ClientOf) -> None:
    with on(MONDAY):
        asked(cast)
        for user, whose in ((cast.viewer, "ours"), (cast.other_viewer, "theirs")):
            page = words_at(client_of(user), f"/requests/?whose={whose}&kind=query")
            assert "1 open request" in page
            assert "Query 1, to Northern Moors Area Team, from Eastmoor CCG, MOU-0001" in page
        assert SUBJECT not in words_at(client_of(cast.stranger), "/requests/")
