"""What e-mails about meetings and dates carry for a calendar, read from the wire (X06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from agreements.models import Agreement
from deadlines.calendars.services import make_feed, open_feed
from deadlines.calendars.tokens import address_of
from deadlines.services.preferring import prefer
from deadlines.sweep import sweep_reminders
from mail.sweep import send_due
from meetings.models import Meeting
from meetings.services.correcting import enter_meeting_in_error
from meetings.services.scheduling import cancel_meeting, move_meeting
from tests.calendars import Component, read
from tests.cast import Cast, acting, person_of
from tests.mail.sink import Sink, at_the_portal
from tests.meetings.stage import START, in_force, on, scheduled, series_of

DAY = date(2013, 10, 8)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    made = in_force(cast)
    with on(date(2013, 10, 1)):
        send_due()
    return made


@pytest.fixture
def sink(settings: Settings, agreement: Agreement) -> Iterator[Sink]:
    """An SMTP server that the portal sends to, after what went before."""
    with at_the_portal(settings) as sink:
        yield sink


def called(cast: Cast, agreement: Agreement, **more: Any) -> Meeting:
    more = {"time": time(14), "ends": time(15, 30), "place": "Room 1; by the moor, first"} | more
    return scheduled(cast.manager, series_of(agreement), DAY, **more)


def newest(sink: Sink, words: str, to: str) -> EmailMessage:
    send_due()
    found = [m for m in sink.received if words in str(m["subject"]) and to in str(m["to"])]
    return found[-1]


def parts(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if part.get_content_type() == "text/calendar"]


def calendar_in(mail: EmailMessage) -> tuple[str, Component]:
    """The method that its header says, and the one event."""
    (part,) = parts(mail)
    assert part.get_content_charset() == "utf-8"
    sent = part.get_payload(decode=True)
    assert isinstance(sent, bytes)
    found = read(sent)
    assert found.text("METHOD") == part["content-type"].params["method"]
    (event,) = found.events
    return found.text("METHOD"), event


def test_an_invitation_is_moved_and_taken_back_with_one_uid(
    cast: Cast, agreement: Agreement, sink: Sink
) -> None:
    ours, them = acting(cast.manager), cast.other_manager.email
    with on(date(2013, 10, 1)):
        meeting = called(cast, agreement)
        method, event = calendar_in(newest(sink, "Wider meeting on", them))
        assert method == "REQUEST"
        assert event.text("SUMMARY") == (
            "Wider meeting: MoU with Northern Moors Area Team (MOU-0001)"
        )
        assert event.text("LOCATION") == "Room 1; by the moor, first"
        assert (str(event.when("DTSTART")), str(event.when("DTEND"))) == (
            "2013-10-08 13:00:00+00:00", "2013-10-08 14:30:00+00:00"
        )  # fmt: skip
        assert event.properties["ORGANIZER"][0]["CN"] == "Northern Moors Area Team"
        assert event.properties["ATTENDEE"][1] == f"mailto:{them}"
    with on(date(2013, 10, 2)):
        move_meeting(by=ours, meeting=meeting, edit_no=0, day=DAY, time=time(15))
        moved_method, moved = calendar_in(newest(sink, "moved to", them))
    with on(date(2013, 10, 3)):
        meeting.refresh_from_db()
        cancel_meeting(by=ours, meeting=meeting, because="Snow")
        off_method, off = calendar_in(newest(sink, "cancelled", them))
    assert [moved_method, off_method] == ["REQUEST", "CANCEL"]
    assert [moved.text("STATUS"), off.text("STATUS")] == ["CONFIRMED", "CANCELLED"]
    assert len({each.text("UID") for each in (event, moved, off)}) == 1
    assert [each.text("SEQUENCE") for each in (event, moved, off)] == ["0", "1", "2"]
    assert str(moved.when("DTEND")) == "2013-10-08 15:00:00+00:00"  # an hour, where nobody said
    assert "Nobody has said until when" in moved.text("DESCRIPTION")


def test_the_words_stand_beside_the_invitation(
    cast: Cast, agreement: Agreement, sink: Sink
) -> None:
    with on(date(2013, 10, 1)):
        called(cast, agreement)
        mail = newest(sink, "Wider meeting on", cast.other_manager.email)
    assert mail.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "called a wider meeting" in plain.get_content()
    assert "Room 1" not in plain.get_content()


def test_a_reminder_of_a_meeting_carries_it_as_feeds_do(
    cast: Cast, agreement: Agreement, sink: Sink
) -> None:
    with on(date(2013, 9, 20)):
        called(cast, agreement, time=None, ends=None)
        send_due()
    sink.received.clear()
    with on(date(2013, 10, 1)):
        sweep_reminders()
        for who in (cast.manager, cast.other_manager):
            method, event = calendar_in(newest(sink, "Wider meeting on", who.email))
            assert method == "REQUEST"
            assert event.when("DTSTART") == DAY
            feed = make_feed(by=acting(who))
            token = address_of(feed).rpartition("/")[2].removesuffix(".ics")
            found = open_feed(token)
            assert found
            assert event.text("UID") in {each.uid for each in found.events}


def test_a_reminder_of_a_dated_duty_carries_its_whole_day(
    cast: Cast, agreement: Agreement, sink: Sink
) -> None:
    due = START + timedelta(days=365)
    with on(due - timedelta(days=30)):
        sweep_reminders()
        mail = newest(sink, "eview", cast.other_manager.email)
        method, event = calendar_in(mail)
        assert method == "PUBLISH"
        assert event.when("DTSTART") == due
        assert event.text("SUMMARY").startswith("Review: MoU with Northern Moors Area Team (")
        assert "ATTENDEE" not in event.properties
        (part,) = parts(mail)
        assert part.get_filename() == "date.ics"
        assert part.get_content_disposition() == "attachment"
        found = open_feed(_token(cast))
        assert found
        assert event.text("UID") in {each.uid for each in found.events}


def _token(cast: Cast) -> str:
    feed = make_feed(by=acting(cast.other_manager))
    return address_of(feed).rpartition("/")[2].removesuffix(".ics")


def test_what_is_over_late_or_in_a_digest_carries_nothing(
    cast: Cast, agreement: Agreement, sink: Sink
) -> None:
    prefer(person=person_of(cast.other_manager), one_digest_a_day=True, switched_off=[])
    with on(date(2013, 9, 20)):
        meeting = called(cast, agreement)
        send_due()
    with on(date(2013, 10, 1)):
        sweep_reminders()
    with on(date(2013, 10, 2)):
        digest = newest(sink, "to see to", cast.other_manager.email)
        assert "Wider meeting on" in digest.as_string()
        assert parts(digest) == []
        sink.received.clear()
    with on(DAY + timedelta(days=1)):
        sweep_reminders()
        late = newest(sink, "ecord what happened", cast.manager.email)
        assert parts(late) == []
    with on(DAY + timedelta(days=2)):
        enter_meeting_in_error(by=acting(cast.manager), meeting=meeting, because="Twice")
        method, _ = calendar_in(newest(sink, "entered in error", cast.other_manager.email))
        assert method == "CANCEL"
