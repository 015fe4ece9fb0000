"""What the room of requests answers: as it stood, who leaves, what ends, texts, successors."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_event
from agreements.models import Agreement
from deadlines.models import Deadline
from house import clock
from house.answers import OpenThings
from house.rooms import rooms
from parties.models import Organisation
from parties.services.leaving import Successors, leave
from performance.models import Request
from performance.presenters.words import page_of
from performance.room import PerformanceRoom
from performance.services.recording import record_request
from performance.services.saying import name_person
from performance.services.steps import acknowledge, answer
from tests.agreements.succeeded import board_of, succeeded
from tests.agreements.varied import varied
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.performance.stage import STANDARDS, SUBJECT, again, agreement_of, asked, on
from tests.performance.test_answering import MONDAY, open_dates
from tests.reading import words, words_at


def room() -> PerformanceRoom:
    return next(each for each in rooms() if isinstance(each, PerformanceRoom))


def open_on(cast: Cast, day: date) -> OpenThings:
    [found] = room().open_on(agreement_of(cast), day, acting(cast.viewer))
    return found


def test_its_page_stands_on_the_agreement_with_what_the_terms_promise(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = agreement_of(cast)
    with on(MONDAY):
        empty = words(client_of(cast.viewer), agreement, "requests/")
        assert "Queries: acknowledged within 5, answered within 20 working days." in empty
        assert "No request is open." in empty
        assert "Record a request" not in empty
        asked(cast)
        page = words(client_of(cast.secretary), agreement, "requests/")
    assert "Record a request" in page
    assert f"{SUBJECT} Query 1, to Northern Moors Area Team" in page


def test_it_is_open_from_its_first_day_until_the_day_before_its_answer(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
    with on(date(2026, 6, 4)):
        answer(by=acting(cast.manager), request=request)
        days = [MONDAY - timedelta(days=1), MONDAY, date(2026, 6, 3), date(2026, 6, 4)]
        assert [open_on(cast, day).count for day in days] == [0, 1, 1, 0]
        [named] = open_on(cast, MONDAY).named
        assert (named.what, named.who, named.due_on) == (
            f"Request 1: {SUBJECT}", "Northern Moors Area Team", date(2026, 6, 8),
        )  # fmt: skip


def test_who_follows_answers_what_somebody_had(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(MONDAY):
        request = asked(cast)
        viewer = person_of(cast.viewer)
        name_person(by=acting(cast.manager), request=request, person=viewer)
        [held] = room().holdings(viewer, cast.area_team, 10)
        assert (held.text, held.url) == ("Request 1 of MOU-0001", page_of(request))
        leave(
            by=acting(cast.administrator), organisation=cast.area_team, person=viewer,
            last_day=MONDAY, successors=Successors(rest=person_of(cast.colleague)),
        )  # fmt: skip
        assert again(request).person == person_of(cast.colleague)
        assert any("request 1" in mail.subject for mail in mailbox.to(cast.colleague.email))
        page = words(client_of(cast.other_viewer), agreement_of(cast), "history/")
    assert "They answered request 1: Colin Colleague follows." in page


def test_a_new_text_leaves_what_runs_to_the_standard_it_began_with(cast: Cast) -> None:
    stricter = STANDARDS[1].model_copy(update={"acknowledge_days": 2})
    with on(MONDAY):
        before = asked(cast)
        agreement = Agreement.objects.get(pk=agreement_of(cast).pk)
        varied(cast, agreement, standards=(STANDARDS[0], stricter))
        after = asked_anew(cast)
    assert open_dates(before)["request_acknowledge"] == date(2026, 6, 8)
    assert open_dates(after)["request_acknowledge"] == date(2026, 6, 3)
    with on(date(2026, 6, 2)):
        acknowledge(by=acting(cast.manager), request=again(before))
    assert open_dates(before)["request_answer"] == date(2026, 6, 29)


def asked_anew(cast: Cast) -> Request:
    """Under the text that holds now."""
    agreement = Agreement.objects.get()
    ours, theirs = agreement.sides
    return record_request(
        by=acting(cast.other_manager), agreement=agreement, kind="query", subject=SUBJECT,
        asked_of=ours, asked_by=theirs,
    )  # fmt: skip


def test_when_the_mou_ends_what_is_open_is_counted_and_nobody_is_reminded(cast: Cast) -> None:
    agreement = agreement_of(cast)
    with on(MONDAY):
        request = asked(cast)
        event = record_event(
            by=acting(cast.manager), agreement=agreement, on=MONDAY, because="It is over."
        )
        answer_change(by=acting(cast.other_manager), change=event, agrees=True)
        assert room().left_open([agreement.pk]) == {agreement.pk: 1}
        assert open_dates(request) == {}
        answer(by=acting(cast.manager), request=again(request))
        assert open_dates(request) == {}
        assert room().left_open([agreement.pk]) == {}


def test_a_successor_goes_on_with_what_was_asked_of_the_old_one(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(MONDAY):
        request = asked(cast)
        board, administrator, manager = board_of(cast)
        [passing] = room().to_pass_on(cast.area_team, [agreement_of(cast).pk], full=True)
        assert (passing.many, passing.count) == ("open requests", 1)
        succeeded(administrator, cast.administrator, cast.area_team, board, MONDAY)
        page = words_at(client_of(manager), page_of(request))
        assert "Asked of Northern Moors Board" in page
        answer(by=acting(manager), request=again(request))
    assert again(request).state == "answered"
    assert Organisation.objects.filter(pk=board.pk).exists()


def test_a_meeting_looks_at_what_was_or_is_late(cast: Cast) -> None:
    agreement = agreement_of(cast)
    with on(MONDAY):
        late, _ = asked(cast), asked(cast)
    with on(date(2026, 7, 1)):
        answer(by=acting(cast.manager), request=late)
        points = room().agenda_points([agreement], MONDAY, date(2026, 7, 1))
        [point] = points[agreement.pk]
        assert point.text == "Requests: 1 was answered late and 1 is late."
        assert room().agenda_points([agreement], date(2026, 7, 2), date(2026, 7, 3)) != points


def test_whoever_answers_what_the_reader_may_see_is_known_to_them(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
        name_person(by=acting(cast.manager), request=request, person=person_of(cast.colleague))
    [seen] = room().people_shared_with(acting(cast.other_viewer))
    people = type(person_of(cast.colleague)).objects.filter(seen)
    assert list(people) == [person_of(cast.colleague)]
    assert Deadline.objects.filter(kind="request_answer", state="open").exists()
    assert clock.now()
