"""Calling a meeting, moving it, cancelling it; both parties hear of it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from house import clock
from house.refusals import NotYours, Refused
from meetings.models import Meeting, Series
from meetings.presenters.words import when
from meetings.services.recording import Account, record_meeting
from meetings.services.scheduling import cancel_meeting, move_meeting
from nhsuk.forms import date_boxes
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import in_force, newest, on, scheduled, series_of, swept, words, words_in
from tests.typed import fields_of
from tests.weeks import ordinary_day


@pytest.fixture
def wider(cast: Cast) -> Series:
    return series_of(in_force(cast))


@pytest.fixture
def soon() -> date:
    return ordinary_day(clock.today() + timedelta(days=40), -7, -1, 1, 8, 15)


def sent(client: Any, path: str, **said: Any) -> Any:
    """The form of a page as a browser would send it, with these boxes filled in."""
    form = fields_of(client.get(path).content.decode())
    return client.post(path, form | said, follow=True)


def test_a_meeting_is_scheduled_and_the_other_party_told(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf, mailbox: Mailbox
) -> None:
    before = len(mailbox.all)
    path = f"/meetings/series/{wider.key}/schedule/"
    said = date_boxes("day", soon) | {"time": "2:30 pm", "place": "Moor House"}
    page = words_in(sent(client_of(cast.secretary), path, **said))
    assert "is scheduled. We told the MoU manager of Eastmoor CCG." in page.replace(".We", ". We")
    assert "Called by Selma Secretary, Northern Moors Area Team." in page
    assert "Where: Moor House" in page
    (mail,) = mailbox.all[before:]
    assert mail.to == [cast.other_manager.email]
    assert "Wider meeting on" in mail.subject
    assert "2:30 pm" in mail.subject
    assert "Moor House" not in mail.body


def test_the_same_form_sent_twice_calls_one_meeting(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), f"/meetings/series/{wider.key}/schedule/"
    form = fields_of(client.get(path).content.decode()) | date_boxes("day", soon)
    first, second = client.post(path, form), client.post(path, form)
    assert first["Location"] == second["Location"]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, "This day has passed."), (None, "is here already")]
)
def test_a_day_that_cannot_be_is_refused_at_its_box(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf, days: int | None, sentence: str
) -> None:
    scheduled(cast.manager, wider, soon)
    day = soon if days is None else clock.today() + timedelta(days=days)
    path = f"/meetings/series/{wider.key}/schedule/"
    assert sentence in words_in(sent(client_of(cast.manager), path, **date_boxes("day", day)))


BOXING_DAY, SUNDAY = date(2033, 12, 26), date(2033, 11, 20)


@pytest.mark.parametrize(
    ("off", "why"),
    [(SUNDAY, "20 November 2033 is a Sunday."), (BOXING_DAY, "a bank holiday (Boxing Day).")],
)
def test_a_day_on_which_few_people_work_is_asked_about_and_taken(
    cast: Cast, wider: Series, client_of: ClientOf, off: date, why: str
) -> None:
    client, path = client_of(cast.manager), f"/meetings/series/{wider.key}/schedule/"
    form = fields_of(client.get(path).content.decode()) | date_boxes("day", off)
    asked = client.post(path, form | {"place": "Moor House"})
    assert f"{why} Tick this to go on" in words_in(asked)
    assert not Meeting.objects.exists()
    client.post(path, fields_of(asked.content.decode()) | {"as_it_is": "on"})
    meeting = Meeting.objects.get()
    assert (meeting.day, meeting.place) == (off, "Moor House")
    # Whoever changes the place alone is not asked again.
    sent(client_of(cast.manager), f"/meetings/{meeting.key}/change/", place="Beck House")
    assert Meeting.objects.get().place == "Beck House"


def test_a_meeting_is_not_moved_onto_a_holiday_unasked(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf
) -> None:
    meeting, client = scheduled(cast.manager, wider, soon), client_of(cast.secretary)
    page = sent(client, f"/meetings/{meeting.key}/change/", **date_boxes("day", BOXING_DAY))
    assert "is a bank holiday (Boxing Day)" in words_in(page)
    assert Meeting.objects.get().day == soon


def test_a_time_that_the_clocks_leave_out_is_refused(cast: Cast, wider: Series) -> None:
    with pytest.raises(Refused, match="clocks go forward"):
        scheduled(cast.manager, wider, date(2031, 3, 30), time=time(1, 30))


def test_people_are_reminded_before_it_and_asked_afterwards(
    cast: Cast, wider: Series, soon: date, mailbox: Mailbox
) -> None:
    meeting = scheduled(cast.manager, wider, soon, time=time(9))
    managers = {cast.manager.email, cast.other_manager.email}
    for days in (-7, -1):
        told = swept(soon + timedelta(days=days), mailbox)
        assert {to for to, subject in told if "Wider meeting on" in subject} == managers
        assert "Read its agenda" in newest(mailbox, "Wider meeting on").body
    assert swept(soon, mailbox) == []
    for days in (1, 8, 15):
        told = swept(soon + timedelta(days=days), mailbox)
        assert {to for to, subject in told if "Record what happened" in subject} == managers
    with on(soon + timedelta(days=16)):
        record_meeting(by=acting(cast.manager), meeting=meeting, account=Account())
    told = swept(soon + timedelta(days=35), mailbox)
    assert not [subject for _, subject in told if "Record what happened" in subject]


def test_a_moved_meeting_reminds_anew_and_is_told(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf, mailbox: Mailbox
) -> None:
    meeting = scheduled(cast.manager, wider, soon)
    before, later = len(mailbox.all), ordinary_day(soon + timedelta(days=10), -7)
    path = f"/meetings/{meeting.key}/change/"
    page = words_in(sent(client_of(cast.other_manager), path, **date_boxes("day", later)))
    assert "The meeting is changed." in page
    (mail,) = mailbox.all[before:]
    assert (mail.to, "Wider meeting moved to" in mail.subject) == ([cast.manager.email], True)
    assert swept(soon - timedelta(days=7), mailbox) == []
    assert len(swept(later - timedelta(days=7), mailbox)) == 2


def test_nobody_moves_what_somebody_else_moved_unseen(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf
) -> None:
    meeting, client = scheduled(cast.manager, wider, soon), client_of(cast.colleague)
    path = f"/meetings/{meeting.key}/change/"
    form = fields_of(client.get(path).content.decode()) | {"place": "Beck House"}
    by = acting(cast.other_manager)
    move_meeting(by=by, meeting=meeting, edit_no=0, day=soon, place="Fell House")
    page = client.post(path, form).content.decode()
    assert "Somebody changed this meeting since you opened this page." in page
    client.post(path, fields_of(page))
    assert Meeting.objects.get().place == "Beck House"


def test_a_cancelled_meeting_says_why_and_frees_its_day(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf, mailbox: Mailbox
) -> None:
    meeting = scheduled(cast.manager, wider, soon)
    path = f"/meetings/{meeting.key}/cancel/"
    page = words_in(sent(client_of(cast.colleague), path, because="The room is flooded."))
    assert "The reason: The room is flooded." in page
    assert newest(mailbox, "cancelled").to == [cast.other_manager.email]
    assert swept(soon - timedelta(days=7), mailbox) == []
    assert scheduled(cast.other_manager, wider, soon).is_scheduled
    with pytest.raises(Refused, match="is cancelled now"):
        cancel_meeting(by=acting(cast.manager), meeting=meeting, because="Again.")


def test_members_read_and_only_recorders_call(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf
) -> None:
    meeting = scheduled(cast.manager, wider, soon)
    page = words(client_of(cast.other_viewer), f"/meetings/{meeting.key}/")
    for button in ("Add to the agenda", "Change day or place", "Cancel this meeting"):
        assert button not in page
    for user in (cast.viewer, cast.signatory, cast.administrator):
        with pytest.raises(NotYours):
            scheduled(user, wider, soon + timedelta(days=1))


def test_a_stranger_finds_nothing(
    cast: Cast, wider: Series, soon: date, client_of: ClientOf
) -> None:
    meeting, stranger = scheduled(cast.manager, wider, soon), client_of(cast.stranger)
    for path in (f"series/{wider.key}/", f"{meeting.key}/", f"{meeting.key}/record/"):
        assert stranger.get(f"/meetings/{path}").status_code == 404
    assert "Wider meeting" not in words(stranger, "/meetings/")


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_whatever_is_typed_gets_a_sentence(
    cast: Cast, wider: Series, client_of: ClientOf, text: str
) -> None:
    client = client_of(cast.manager)
    said = {"day-day": text, "day-month": text, "day-year": text, "time": text,
            "ends": text, "place": text}  # fmt: skip
    for path in (f"series/{wider.key}/schedule/", f"series/{wider.key}/record/", "series/new/"):
        more = {"actions-TOTAL_FORMS": text, "actions-0-what": text, "actions-0-owner": text,
                "name": text, "agreements": text, "cadence": text, "standing": text,
                "notes": text, "others": text, "key": text}  # fmt: skip
        answer = client.post(f"/meetings/{path}", said | more)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "starts", "ends", "said"),
    [
        (date(2014, 3, 3), time(14), None, "at 2:00 pm GMT"),
        (date(2014, 3, 3), time(14), time(16), "from 2:00 pm to 4:00 pm GMT"),
        # The clocks go forward between the two.
        (date(2014, 3, 30), time(0, 30), time(3), "from 12:30 am GMT to 3:00 am BST"),
    ],
)
def test_it_says_until_when_if_somebody_did(
    cast: Cast, wider: Series, day: date, starts: time, ends: time | None, said: str
) -> None:
    with on(date(2014, 3, 1)):
        meeting = scheduled(cast.manager, wider, day, time=starts, ends=ends)
    assert when(meeting).endswith(said)


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [(None, time(15), "time"), (time(15), time(15), "ends"), (time(0, 30), time(1, 30), "ends")],
)
def test_it_ends_after_it_begins_and_at_a_time_that_there_is(
    cast: Cast, wider: Series, starts: time | None, ends: time, field: str
) -> None:
    with on(date(2014, 3, 1)), pytest.raises(Refused) as refused:
        scheduled(cast.manager, wider, date(2014, 3, 30), time=starts, ends=ends)
    assert refused.value.field == field
