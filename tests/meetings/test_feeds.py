"""Calendars that people subscribe to: what stands in them, for whom, and for how long (X06)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from commitments.services.recording import record_action
from deadlines.calendars.services import (
    make_feed,
    open_feed,
    replace_address,
    stop_feed,
)
from deadlines.calendars.tokens import address_of
from deadlines.models import Deadline, Feed, Holder
from deadlines.services.setting import For, set_deadline, set_together, silence
from house import clock
from house.refusals import Refused
from meetings.services.recording import Account, record_meeting
from meetings.services.scheduling import cancel_meeting, move_meeting
from mou_portal.logs import masked
from parties.models import Membership, Organisation, Role, User
from tests.calendars import Component, read
from tests.cast import Cast, acting, give
from tests.conftest import ClientOf
from tests.meetings.stage import START, in_force, on, scheduled, series_of

DAY = date(2013, 10, 8)
CANARY = "canary-robin-8841"


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return in_force(cast)


@pytest.fixture(autouse=True)
def _it_is_october() -> Iterator[None]:
    with on(date(2013, 10, 1)):
        yield


def feed_of(who: User, organisation: Organisation | None = None, **of: Any) -> str:
    """The path of a calendar that somebody makes."""
    feed = make_feed(by=acting(who, organisation), **of)
    return address_of(feed).partition("8000")[2]


def fetched(path: str) -> Component:
    answer = Client().get(path)
    assert answer.status_code == 200, answer.status_code
    assert not answer.cookies
    return read(answer.content)


def titles(path: str) -> list[str]:
    return [event.text("SUMMARY") for event in fetched(path).events]


def the_meeting(path: str) -> Component:
    (found,) = [each for each in fetched(path).events if "eeting" in each.text("SUMMARY")
                and each.text("UID").startswith("meeting-")]  # fmt: skip
    return found


@pytest.mark.duty("X06")
def test_each_persons_and_each_agreements_dates_are_feeds(cast: Cast, agreement: Agreement) -> None:
    wider = series_of(agreement)
    scheduled(cast.manager, wider, DAY, time=time(14), ends=time(16), place=f"Moor House, {CANARY}")
    mine, of_agreement = feed_of(cast.other_manager), feed_of(
        cast.other_manager, reference=agreement.reference
    )  # fmt: skip
    review = "Review: MoU with Northern Moors Area Team (MOU-0001)"
    for path in (mine, of_agreement, feed_of(cast.other_manager, of_organisation=True)):
        meeting = the_meeting(path)
        assert meeting.text("SUMMARY") == (
            "Wider meeting: MoU with Northern Moors Area Team (MOU-0001)"
        )
        assert meeting.text("LOCATION") == f"Moor House, {CANARY}"
        assert f"{meeting.when('DTSTART'):%H:%M}" == "13:00"
        assert f"{meeting.when('DTEND'):%H:%M}" == "15:00"
        assert meeting.text("URL").startswith("http://127.0.0.1:8000/meetings/")
        days = {each.text("SUMMARY"): each.when("DTSTART") for each in fetched(path).events}
        assert days[review] == START + timedelta(days=365)
        assert not isinstance(days[review], datetime)


def test_a_move_raises_the_sequence_and_one_that_is_called_off_stays_for_a_while(
    cast: Cast, agreement: Agreement
) -> None:
    meeting = scheduled(cast.manager, series_of(agreement), DAY, time=time(14))
    path = feed_of(cast.other_manager)
    first = the_meeting(path)
    with on(date(2013, 10, 2)):
        move_meeting(by=acting(cast.manager), meeting=meeting, edit_no=0, day=DAY, time=time(15))
        moved = the_meeting(path)
    meeting.refresh_from_db()
    with on(date(2013, 10, 3)):
        cancel_meeting(by=acting(cast.manager), meeting=meeting, because=CANARY)
        off = the_meeting(path)
    found = [first, moved, off]
    assert len({each.text("UID") for each in found}) == 1
    assert [each.text("SEQUENCE") for each in found] == ["0", "1", "2"]
    assert [each.text("STATUS") for each in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert all(each.when("LAST-MODIFIED") for each in found)
    with on(date(2013, 12, 20)):
        assert [each for each in titles(path) if "Wider" in each and "owed" not in each] == []


def test_nothing_that_somebody_typed_and_nobodys_name_is_in_it(
    cast: Cast, agreement: Agreement
) -> None:
    agreement.title = CANARY
    agreement.save()
    with on(date(2013, 10, 2)):
        action_called(cast, agreement, CANARY)
        wider = series_of(agreement)
        wider.name = CANARY
        wider.save()
        scheduled(cast.manager, wider, DAY)
        for who in (cast.manager, cast.other_manager):
            for of in ({}, {"of_organisation": True}, {"reference": agreement.reference}):
                said = Client().get(feed_of(who, **of)).content.decode()
                assert "Action" in said
                assert CANARY not in said
                assert not re.search(r"Maud|Olga|Manager\b", said)


def action_called(cast: Cast, agreement: Agreement, what: str) -> None:
    record_action(
        by=acting(cast.manager), agreement=agreement, what=what,
        owner=agreement.parties.get(slot="ccg"), due_on=DAY,
    )  # fmt: skip


def test_what_waits_for_nobody_there_until_they_confirm_the_text_is_not_shown(
    cast: Cast, agreement: Agreement
) -> None:
    paths = [feed_of(cast.other_manager, **of) for of in
             ({}, {"of_organisation": True}, {"reference": agreement.reference})]  # fmt: skip
    assert all(any(said.startswith("Review:") for said in titles(path)) for path in paths)
    silence(agreement.reference, [cast.ccg.pk])
    for path in paths:
        assert [said for said in titles(path) if said.startswith("Review:")] == []


def test_another_organisations_agreement_never_shows(cast: Cast, agreement: Agreement) -> None:
    in_force(cast, ccg=cast.third_ccg)
    assert {"MOU-0001", "MOU-0002"} == references_in(feed_of(cast.manager))
    assert {"MOU-0001"} == references_in(feed_of(cast.other_manager))
    assert {"MOU-0002"} == references_in(feed_of(cast.third_manager))
    assert references_in(feed_of(cast.stranger)) == set()
    with pytest.raises(Refused):
        feed_of(cast.third_manager, reference="MOU-0001")


def references_in(path: str) -> set[str]:
    return set(re.findall(r"MOU-\d{4}", " ".join(titles(path))))


def test_who_has_two_organisations_sees_each_until_they_leave_it(
    cast: Cast, agreement: Agreement
) -> None:
    in_force(cast, ccg=cast.third_ccg)
    give(cast.other_manager, cast.third_ccg, Role.VIEWER)
    mine = feed_of(cast.other_manager)
    theirs = feed_of(cast.other_manager, cast.third_ccg, reference="MOU-0002")
    assert references_in(mine) == {"MOU-0001", "MOU-0002"}
    assert references_in(theirs) == {"MOU-0002"}
    end_role(cast.other_manager, cast.third_ccg)
    assert references_in(mine) == {"MOU-0001"}
    assert Client().get(theirs).status_code == 404


def end_role(who: User, there: Organisation) -> None:
    held = Membership.objects.get(user=who, organisation=there)
    held.ends_on = date(2013, 9, 30)
    held.save()


def test_each_date_says_whose_it_is(cast: Cast, agreement: Agreement) -> None:
    action_called(cast, agreement, "Send the list")
    for who, said in ((cast.other_manager, "You see to it"), (cast.manager, "Others see to it")):
        (action,) = [
            each for each in fetched(feed_of(who)).events if "Action" in each.text("SUMMARY")
        ]
        assert action.text("DESCRIPTION").startswith(said)


@pytest.mark.parametrize("ends", ["unknown", "replaced", "stopped", "closed", "left"])
def test_an_address_that_does_not_work_is_answered_as_one_that_never_was(
    cast: Cast, agreement: Agreement, ends: str
) -> None:
    by, path = acting(cast.viewer), feed_of(cast.viewer)
    assert Client().get(path).status_code == 200
    feed = Feed.objects.get(user=cast.viewer)
    if ends == "replaced":
        replace_address(by=by, feed=feed)
    elif ends == "stopped":
        stop_feed(by=by, feed=feed)
    elif ends == "closed":
        User.objects.filter(pk=cast.viewer.pk).update(is_active=False)
    elif ends == "left":
        end_role(cast.viewer, cast.area_team)
    else:
        path = path.replace(".ics", "x.ics")
    answer = Client().get(path)
    assert (answer.status_code, answer.content) == (404, b"There is no calendar here.\n")
    assert not answer.cookies
    if ends == "replaced":
        feed.refresh_from_db()
        assert Client().get(address_of(feed).partition("8000")[2]).status_code == 200


def test_only_the_hash_is_kept_and_no_log_has_the_address(cast: Cast) -> None:
    path = feed_of(cast.viewer)
    token = path.rpartition("/")[2].removesuffix(".ics")
    rows = [str(row) for row in Feed.objects.values()]
    assert token not in "".join(rows)
    assert len(token) == 43
    assert masked(f'GET {path} HTTP/1.1" 200') == 'GET /feeds/… HTTP/1.1" 200'


def test_it_is_noted_once_an_hour_that_it_was_read(cast: Cast) -> None:
    with on(date(2013, 10, 2), 10):
        path = feed_of(cast.viewer)
        Client().get(path)
        first = Feed.objects.get().read_at
        assert first == clock.now()
    with clock.at(first + timedelta(minutes=30)):
        Client().get(path)
        assert Feed.objects.get().read_at == first
    with clock.at(first + timedelta(minutes=61)):
        Client().get(path)
        assert Feed.objects.get().read_at == clock.now()


def test_what_has_not_changed_is_not_sent_again(cast: Cast, agreement: Agreement) -> None:
    path, client = feed_of(cast.manager), Client()
    etag = client.get(path)["ETag"]
    with on(date(2013, 10, 1), 12):
        again = client.get(path, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        scheduled(cast.manager, series_of(agreement), DAY)
        assert client.get(path, headers={"if-none-match": etag}).status_code == 200


def test_it_is_a_calendar_that_no_search_finds(cast: Cast) -> None:
    answer = Client().get(feed_of(cast.manager))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-cache"


def test_many_dates_ask_no_more_than_two_and_there_is_an_end(
    cast: Cast, agreement: Agreement
) -> None:
    paths = [feed_of(cast.manager, **of) for of in
             ({}, {"of_organisation": True}, {"reference": agreement.reference})]  # fmt: skip
    few = [queries_of(path) for path in paths]
    with set_together():
        for number in range(260):
            set_deadline(
                kind="review", subject_key=f"agreement:{agreement.pk}", occurrence=f"{number}",
                due_on=DAY + timedelta(days=number), references=[agreement.reference],
                holders=[For(cast.area_team, role=Role.MANAGER)],
            )  # fmt: skip
    assert [queries_of(path) for path in paths] == few
    assert max(few) <= 20
    assert Holder.objects.filter(is_open=True).count() > 260
    for path in paths:
        assert len(titles(path)) == 250
        assert len(Client().get(path).content) < 200_000


def queries_of(path: str) -> int:
    Client().get(path)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)


def test_what_is_done_leaves_and_a_meeting_that_was_held_stays(
    cast: Cast, agreement: Agreement
) -> None:
    meeting = scheduled(cast.manager, series_of(agreement), DAY, time=time(14))
    path = feed_of(cast.other_manager)
    with on(DAY, 17):
        record_meeting(by=acting(cast.manager), meeting=meeting, account=Account(notes=CANARY))
    with on(DAY + timedelta(days=80)):
        assert the_meeting(path).text("STATUS") == "CONFIRMED"
        Deadline.objects.filter(kind="review").update(state="met", closed_at=clock.now())
        Holder.objects.filter(deadline__kind="review").update(is_open=False)
        assert [each for each in titles(path) if each.startswith("Review:")] == []


# --- The pages


def test_the_address_is_shown_when_it_is_made_and_then_no_more(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    client, here = client_of(cast.viewer), "/account/calendars/"
    page = client.get(f"{here}?agreement=MOU-0001").content.decode()
    assert "Working together (MOU-0001), for Northern Moors Area Team" in page
    made = client.post(f"{here}?agreement=MOU-0001", {"which": "agreement"}, follow=True)
    (path,) = set(re.findall(r'value="http://127\.0\.0\.1:8000(/feeds/[\w-]{43}\.ics)"',
                             made.content.decode()))  # fmt: skip
    assert references_in(path) == {"MOU-0001"}
    own = made.redirect_chain[-1][0]
    with clock.at(clock.now() + timedelta(minutes=11)):
        later = client.get(own).content.decode()
        assert "/feeds/" not in later
        assert "not kept" in later
        assert "Working together (MOU-0001), for Northern" in client.get(here).content.decode()
        client.post(f"{own}address/")
        assert Client().get(path).status_code == 404
        assert "/feeds/" in client.get(own).content.decode()
        client.post(f"{own}stop/")
        assert client.get(own).status_code == 404


def test_a_second_one_of_the_same_is_refused(cast: Cast, client_of: ClientOf) -> None:
    client, here = client_of(cast.viewer), "/account/calendars/"
    for expected in (302, 200):
        answer = client.post(here, {"which": "home"})
        assert answer.status_code == expected
    assert "You have this calendar already" in answer.content.decode()
    assert Feed.objects.count() == 1


def test_an_agreement_that_is_not_theirs_is_not_offered(
    cast: Cast, client_of: ClientOf, agreement: Agreement
) -> None:
    page = client_of(cast.stranger).get("/account/calendars/?agreement=MOU-0001")
    assert "MOU-0001" not in page.content.decode()


def test_the_pages_lead_there(cast: Cast, client_of: ClientOf, agreement: Agreement) -> None:
    client = client_of(cast.viewer)
    ways = {
        "/account/": "/account/calendars/",
        "/agreements/MOU-0001/": "/account/calendars/?agreement=MOU-0001&amp;dates=agreement",
        f"/organisations/{cast.area_team.pk}/": "/account/calendars/?dates=organisation",
    }
    for page, way in ways.items():
        assert f'href="{way}"' in client.get(page).content.decode(), page
        assert client.get(way.replace("&amp;", "&")).status_code == 200


def test_no_calendar_of_who_belongs_nowhere(cast: Cast) -> None:
    assert open_feed("nothing") is None
    assert Feed.objects.visible_to(acting(cast.nobody)).count() == 0
