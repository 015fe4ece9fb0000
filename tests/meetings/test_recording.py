"""Writing down what happened: in one form, by either party; the others confirm it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from commitments.forms import value_of
from commitments.models import Action
from house import clock
from house.refusals import NotYours, Refused
from meetings.models import Meeting, Series
from meetings.services.actions import Agreed
from meetings.services.correcting import answer_record, correct_record, enter_meeting_in_error
from meetings.services.recording import Account, record_elsewhere, record_meeting
from nhsuk.forms import date_boxes
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import held, in_force, on, party, scheduled, series_of, words, words_in
from tests.typed import fields_of


@pytest.fixture
def wider(cast: Cast) -> Series:
    return series_of(in_force(cast))


@pytest.fixture
def lately() -> date:
    """So long ago that the record `held` makes at ten on the day after is past at any hour."""
    return clock.today() - timedelta(days=2)


def form_of(client: Any, path: str) -> dict[str, Any]:
    return fields_of(client.get(path).content.decode())


def test_a_meeting_held_elsewhere_is_recorded_in_one_form(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, client = wider.serves.get().agreement, client_of(cast.colleague)
    before, path = len(mailbox.all), f"/meetings/series/{wider.key}/record/"
    ours, theirs = party(agreement, "area_team"), party(agreement)
    said = form_of(client, path) | date_boxes("day", lately) | {
        f"came_{cast.area_team.pk}": [person_of(cast.colleague).pk],
        "others": "Practice nurse\nPractice nurse\n A patient ",
        "notes": "## Visits\n\nTwo were made.",
        "actions-0-what": "Send the list", "actions-0-owner": value_of(ours, None),
        "actions-1-what": "Read the list",
        "actions-1-owner": value_of(theirs, None),
    } | date_boxes("actions-1-due_on", date(2099, 3, 3))  # fmt: skip
    page = words_in(client.post(path, said, follow=True))
    assert "is recorded. We told the MoU manager of Eastmoor CCG." in page.replace(".We", ". We")
    for text in ("Colin Colleague", "Practice nurse, A patient", "Visits Two were made.",
                 "Send the list Action 1", "Eastmoor CCG, nobody named", "3 March 2099",
                 "Not yet confirmed by Eastmoor CCG.", "It was held elsewhere."):  # fmt: skip
        assert text in page
    (mail,) = mailbox.all[before:]
    assert mail.to == [cast.other_manager.email]
    assert "Read the record, then confirm it or say what is not right." in mail.body
    assert "Two were made" not in mail.body
    assert words(client_of(cast.other_viewer), f"/meetings/{Meeting.objects.get().key}/")


def test_more_rows_keep_what_was_typed_and_judge_nothing(
    cast: Cast, wider: Series, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), f"/meetings/series/{wider.key}/record/"
    said = form_of(client, path) | {"notes": "So far.", "actions-2-what": "Send it", "more": "1"}
    page = client.post(path, said).content.decode()
    again = fields_of(page)
    assert (again["notes"], again["actions-2-what"]) == ("So far.", "Send it")
    assert again["actions-TOTAL_FORMS"] == "6"
    assert "There is a problem" not in page
    assert not Meeting.objects.exists()


def test_an_action_without_an_owner_is_asked_for(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), f"/meetings/series/{wider.key}/record/"
    said = form_of(client, path) | date_boxes("day", lately) | {"actions-1-what": "Send it"}
    page = client.post(path, said).content.decode()
    assert "Choose who takes it forward" in page
    assert 'href="#id_actions-1-owner"' in page
    assert not Meeting.objects.exists()


def test_the_same_form_sent_twice_records_one_meeting(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), f"/meetings/series/{wider.key}/record/"
    said = form_of(client, path) | date_boxes("day", lately)
    first, second = client.post(path, said), client.post(path, said)
    assert first["Location"] == second["Location"]
    assert Meeting.objects.count() == 1


def test_a_day_to_come_or_before_the_mou_is_refused(cast: Cast, wider: Series) -> None:
    for day in (clock.today() + timedelta(days=1), date(2013, 9, 2)):
        with pytest.raises(Refused, match="since the MoU started"):
            record_elsewhere(by=acting(cast.manager), series=wider, day=day, account=Account())


def test_a_scheduled_meeting_is_recorded_from_its_day_on(
    cast: Cast, wider: Series, client_of: ClientOf
) -> None:
    day = clock.today() + timedelta(days=3)
    meeting = scheduled(cast.manager, wider, day)
    with pytest.raises(Refused, match="has not come yet"):
        record_meeting(by=acting(cast.manager), meeting=meeting, account=Account())
    with on(day):
        client, path = client_of(cast.other_manager), f"/meetings/{meeting.key}/record/"
        said = form_of(client, path) | {"notes": "All is well."}
        page = words_in(client.post(path, said, follow=True))
    assert "Recorded by Olga Other, Eastmoor CCG" in page
    assert "Not yet confirmed by Northern Moors Area Team." in page
    assert "CQC inspections" in page  # the agenda stays


def test_who_comes_second_is_told_who_was_first(cast: Cast, wider: Series) -> None:
    meeting = scheduled(cast.manager, wider, clock.today())
    record_meeting(by=acting(cast.manager), meeting=meeting, account=Account(notes="One."))
    with pytest.raises(Refused, match="Maud Manager has recorded this meeting already"):
        record_meeting(by=acting(cast.other_manager), meeting=meeting, account=Account())
    # A second press of the same button is no mistake.
    again = record_meeting(by=acting(cast.manager), meeting=meeting, account=Account(notes="One."))
    assert again.pk == meeting.pk


def test_the_other_party_confirms_the_record_and_its_own_actions(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreed = Agreed("Read it", party(wider.serves.get().agreement))
    meeting = held(cast.manager, wider, lately, agreed)
    assert "Say whether the record is right" in words(client_of(cast.other_manager), "/")
    client, path = client_of(cast.other_colleague), f"/meetings/{meeting.key}/answer/"
    page = words_in(client.post(path, {"answer": "yes"}, follow=True))
    assert "Confirmed by Eastmoor CCG on" in page
    assert Action.objects.get().standing == Action.Standing.CONFIRMED
    assert mailbox.all[-1].to == [cast.manager.email]
    assert "Say whether the record is right" not in words(client_of(cast.other_manager), "/")


def test_the_other_party_says_what_is_not_right(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf
) -> None:
    meeting = held(cast.manager, wider, lately)
    client, path = client_of(cast.other_manager), f"/meetings/{meeting.key}/answer/"
    assert "Say what is not right" in words_in(client.post(path, {"answer": "no"}))
    said = {"answer": "no", "because": "It was on Tuesday."}
    page = words_in(client.post(path, said, follow=True))
    assert "Eastmoor CCG says that it is not right: It was on Tuesday." in page
    with pytest.raises(NotYours, match="wrote this record"):
        answer_record(by=acting(cast.manager), meeting=meeting, agrees=True)


def test_a_corrected_record_is_confirmed_anew(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf
) -> None:
    came = [(cast.area_team, person_of(cast.manager))]
    meeting = held(cast.manager, wider, lately, came=came, others=["A nurse"], notes="One.")
    answer_record(by=acting(cast.other_manager), meeting=meeting, agrees=True)
    client, path = client_of(cast.other_manager), f"/meetings/{meeting.key}/correct/"
    said = form_of(client, path)
    assert said[f"came_{cast.area_team.pk}"] == str(person_of(cast.manager).pk)
    assert said["others"] == "A nurse"
    page = words_in(client.post(path, said | {"notes": "Two."}, follow=True))
    assert "Recorded by Olga Other, Eastmoor CCG" in page
    assert "Not yet confirmed by Northern Moors Area Team." in page
    assert [row.notes for row in Meeting.history.filter(key=meeting.key)][-1] == "One."


def test_nobody_overwrites_a_record_they_have_not_seen(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf
) -> None:
    meeting = held(cast.manager, wider, lately, notes="One.")
    client, path = client_of(cast.colleague), f"/meetings/{meeting.key}/correct/"
    said = form_of(client, path) | {"notes": "Mine."}
    correct_record(
        by=acting(cast.other_manager), meeting=meeting, edit_no=meeting.edit_no, day=lately,
        account=Account(notes="Theirs."),
    )  # fmt: skip
    page = client.post(path, said).content.decode()
    assert "Somebody changed this meeting since you opened this page." in page
    again = fields_of(page)
    assert again["notes"] == "Mine."
    client.post(path, again)
    assert Meeting.objects.get().notes == "Mine."


def test_a_correction_that_is_none_changes_nothing(
    cast: Cast, wider: Series, lately: date, mailbox: Mailbox
) -> None:
    meeting = held(cast.manager, wider, lately, notes="One.")
    before = len(mailbox.all)
    account = Account(notes="One.")
    assert not correct_record(
        by=acting(cast.manager), meeting=meeting, edit_no=meeting.edit_no, day=lately,
        account=account,
    )  # fmt: skip
    assert len(mailbox.all) == before


def test_entered_in_error_stays_readable_with_its_reason(
    cast: Cast, wider: Series, lately: date, client_of: ClientOf
) -> None:
    meeting = held(cast.manager, wider, lately, notes="One.")
    with pytest.raises(NotYours):
        enter_meeting_in_error(by=acting(cast.other_manager), meeting=meeting, because="No.")
    client = client_of(cast.manager)
    page = words_in(
        client.post(f"/meetings/{meeting.key}/error/", {"because": "Wrong CCG."}, follow=True)
    )
    assert "Entered in error" in page
    assert "The reason: Wrong CCG." in page
    assert "None of two held" in words(client, f"/meetings/series/{wider.key}/")
    # Its day is free again.
    assert held(cast.other_manager, wider, lately)


def test_a_person_of_nobody_there_cannot_be_named(cast: Cast, wider: Series) -> None:
    agreed = Agreed("Send it", party(wider.serves.get().agreement), person_of(cast.stranger))
    with pytest.raises(Refused, match="does not work for Eastmoor CCG"):
        held(cast.manager, wider, clock.today() - timedelta(days=2), agreed)
    assert not Meeting.objects.exists()
