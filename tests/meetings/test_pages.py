"""The list of series, the agreement's section, and the answer to "is it kept?"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from house import clock
from house.answers import Keeping
from house.rooms import rooms
from meetings.models import Series
from meetings.services.correcting import answer_record, enter_meeting_in_error
from meetings.services.series import set_cadence
from parties.models import Person
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf
from tests.meetings.stage import held, in_force, on, party, scheduled, series_of, words
from tests.one_room import keepings
from tests.reading import words_at
from tests.setting_up import library_template


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return in_force(cast)


def test_the_list_says_what_is_owed_and_what_is_next(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    wider = series_of(agreement)
    held(cast.manager, wider, date(2013, 12, 2))
    with on(date(2014, 3, 3)):
        scheduled(cast.manager, wider, date(2014, 6, 2))
        page = words(client_of(cast.other_viewer), "/meetings/")
    assert "Northern Moors Area Team: Wider meeting MOU-0001" in page
    assert "One of two held this MoU year; one owed by 2 September 2014." in page
    assert "2 June 2014" in page
    assert "Meeting with the locality manager" in page
    with on(date(2014, 6, 3)):
        page = words(client_of(cast.other_viewer), "/meetings/")
    assert "2 June 2014 Not recorded yet" in page


def test_an_empty_list_says_how_a_series_begins(cast: Cast, client_of: ClientOf) -> None:
    page = words(client_of(cast.stranger), "/meetings/")
    assert "A series begins by itself when an agreement that asks for it comes into force." in page


def test_the_agreements_page_has_its_meetings(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    path = f"/agreements/{agreement.reference}/meetings/"
    with on(date(2014, 3, 3)):
        page = client_of(cast.secretary).get(path).content.decode()
        reader = words(client_of(cast.viewer), path)
    assert f"/meetings/series/{series_of(agreement).key}/schedule/" in page
    assert "Record one held elsewhere" in page
    assert "None of two held this MoU year; two owed by 2 September 2014." in reader
    for button in ("Schedule a meeting", "Record one held elsewhere", "Add a series"):
        assert button not in reader


@pytest.mark.parametrize("path", ["/meetings/", "/agreements/MOU-0001/kept/"])
def test_a_page_asks_no_more_for_more_series_and_meetings(
    path: str, cast: Cast, agreement: Agreement, client_of: ClientOf,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client = client_of(cast.viewer)
    held(cast.manager, series_of(agreement), date(2013, 12, 2))
    with on(date(2014, 6, 10)):
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            client.get(path)
    another = in_force(cast, ccg=cast.third_ccg, source=agreement.template_version)
    for month in range(1, 7):
        held(cast.manager, series_of(agreement), date(2014, month, 2))
        held(cast.manager, series_of(another), date(2014, month, 2))
    with on(date(2014, 6, 10)), django_assert_max_num_queries(len(few)):
        page = words_at(client, path)
    if path == "/meetings/":
        assert page.count("instead of two held this MoU year") == 2
    else:
        assert "2 June 2014" in page


@pytest.mark.parametrize("state", ["scheduled", "held"])
def test_the_page_of_a_meeting_asks_no_more_for_a_longer_one(
    state: str, cast: Cast, agreement: Agreement, client_of: ClientOf,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    wider, client = series_of(agreement), client_of(cast.viewer)
    meeting = long_meeting(cast, wider, state, people=[cast.colleague], others=1)
    path = f"/meetings/{meeting.key}/"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    people = [cast.manager, cast.viewer, cast.signatory, cast.secretary]
    longer = long_meeting(cast, wider, state, people=people, others=9)
    with django_assert_max_num_queries(len(few)):
        page = words_at(client, f"/meetings/{longer.key}/")
    names = [str(each) for each in people] if state == "held" else ["Item 8"]
    assert {name in page for name in names} == {True}


def long_meeting(cast: Cast, wider: Series, state: str, *, people: Any, others: int) -> Any:
    """With so many items on its agenda, or people who came; earlier ones left actions open."""
    from meetings.services.actions import Agreed
    from meetings.services.agenda import add_item

    owner = party(wider.serves.get().agreement)
    day = clock.today() - timedelta(days=50 + others)
    agreed = [Agreed(f"Send list {n} of {others}", owner) for n in range(others)]
    came = [(cast.area_team, person_of(user)) for user in people]
    names = [f"Nurse {n}" for n in range(others)]
    meeting = held(cast.manager, wider, day, *agreed, came=came, others=names)
    if state == "held":
        return meeting
    meeting = scheduled(cast.manager, wider, clock.today() + timedelta(days=others))
    for number in range(others):
        add_item(by=acting(cast.manager), meeting=meeting, heading=f"Item {number}")
    return meeting


def test_whoever_came_is_known_to_the_other_party(cast: Cast, agreement: Agreement) -> None:
    viewer, other = person_of(cast.viewer), acting(cast.other_viewer)
    assert viewer not in Person.objects.visible_to(other)
    held(cast.manager, series_of(agreement), date(2013, 12, 2), came=[(cast.area_team, viewer)])
    assert viewer in Person.objects.visible_to(other)


# --- Is it kept?


def kept(cast: Cast, agreement: Agreement, key: str = "meetings") -> Keeping:
    return keepings([agreement], acting(cast.other_viewer))[agreement.pk][key]


def test_the_wider_meeting_is_kept_once_the_owed_are_on_record(
    cast: Cast, agreement: Agreement
) -> None:
    wider = series_of(agreement)
    with on(date(2014, 3, 3)):
        assert kept(cast, agreement).state == "due"
    first = held(cast.manager, wider, date(2013, 12, 2))
    second = held(cast.manager, wider, date(2014, 3, 3))
    with on(date(2014, 3, 4)):
        answer = kept(cast, agreement)
        assert (answer.state, answer.sentence) == ("kept", "Two of two held this MoU year.")
        assert {e.url for e in answer.evidence} == {
            f"/meetings/{first.key}/", f"/meetings/{second.key}/"
        }  # fmt: skip
        # Without its evidence the answer is another one.
        answer_record(by=acting(cast.other_manager), meeting=first, agrees=False, because="No.")
        assert kept(cast, agreement).state == "due"
    with on(date(2014, 9, 4)):
        answer = kept(cast, agreement)
        assert answer.state == "missed"
        assert answer.sentence.startswith("One of two held in the MoU year to 2 September 2014.")


def test_locality_meetings_are_kept_as_the_ccg_asked(cast: Cast, agreement: Agreement) -> None:
    locality = series_of(agreement, Series.Purpose.LOCALITY)
    assert kept(cast, agreement, "locality_meetings").state == "nothing_yet"
    meeting = held(cast.manager, locality, date(2013, 12, 2))
    answer = kept(cast, agreement, "locality_meetings")
    assert (answer.state, answer.evidence[0].url) == ("kept", f"/meetings/{meeting.key}/")
    with on(date(2014, 1, 5)):
        set_cadence(by=acting(cast.other_manager), series=locality, cadence="monthly")
        # December owed nothing: nobody had asked yet.
        assert kept(cast, agreement, "locality_meetings").state == "due"
    with on(date(2014, 2, 5)):
        assert kept(cast, agreement, "locality_meetings").state == "missed"
    with on(date(2014, 2, 6)):
        held(cast.manager, locality, date(2014, 2, 5))
        assert kept(cast, agreement, "locality_meetings").state == "kept"


def test_nothing_is_kept_by_what_was_entered_in_error(cast: Cast, agreement: Agreement) -> None:
    locality = series_of(agreement, Series.Purpose.LOCALITY)
    meeting = held(cast.manager, locality, date(2013, 12, 2))
    enter_meeting_in_error(by=acting(cast.manager), meeting=meeting, because="Another CCG.")
    assert kept(cast, agreement, "locality_meetings").state == "nothing_yet"


def test_library_text_is_bound_to_what_this_room_keeps(cast: Cast) -> None:
    bound = {
        key for clause in library_template(cast).clauses.all() for key in clause.bindings
    }  # fmt: skip
    kinds = {key for room in rooms() for key in room.keeping_kinds()}
    assert {"meetings", "locality_meetings", "meeting_actions"} <= bound & kinds
