"""The agenda: what stands on it by itself, and what the parties make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from communications.services.outcomes import release
from house import clock
from house.answers import AgendaPoint
from house.refusals import Refused
from house.room import Room
from house.rooms import registered
from meetings.models import AgendaItem, Meeting
from meetings.services.agenda import add_item, move_item, remove_item, word_item
from tests.cast import Cast, acting, person_of
from tests.communications.desk import bilateral, drafted, planned, shared
from tests.conftest import ClientOf
from tests.meetings.stage import SOURCES, in_force, scheduled, series_of, words, words_in
from tests.typed import fields_of


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    wider = series_of(in_force(cast))
    return scheduled(cast.manager, wider, clock.today() + timedelta(days=40))


def headings(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.values_list("heading", flat=True))


def press(client: Client, meeting: Meeting, item: AgendaItem, what: str, **said: Any) -> str:
    answer = client.post(f"/meetings/{meeting.key}/agenda/{item.pk}/{what}/", said, follow=True)
    return words_in(answer)


def test_the_six_sources_stand_on_it_after_open_actions(meeting: Meeting) -> None:
    assert headings(meeting) == [
        "Actions from earlier meetings", *SOURCES, "What has changed since the last meeting",
    ]  # fmt: skip


def test_it_says_what_changed_since_the_last_meeting(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    side = meeting.series.serves.get().agreement.parties.get(slot="ccg")
    by = acting(cast.other_manager)
    name_contact(by=by, party=side, role="primary_liaison", person=person_of(cast.other_viewer))
    page = words(client_of(cast.viewer), f"/meetings/{meeting.key}/")
    assert "Olga Other named Otto Otherwise as primary liaison for Eastmoor CCG." in page
    assert "The review was due on 3 September 2014." in page
    assert "The portal holds nothing for this yet. Bring what you have." in page


def test_a_room_brings_what_it_holds_under_its_source(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    class Inspections(Room):
        name = "inspections-of-a-test"

        def agenda_points(self, agreements: Any, since: Any, until: Any) -> dict[int, Any]:
            point = AgendaPoint("Beck Street was inspected.", topic="cqc_inspections")
            return {agreement.pk: [point] for agreement in agreements}

    with registered(Inspections()):
        page = words(client_of(cast.viewer), f"/meetings/{meeting.key}/")
    assert "CQC inspections, where there are any Beck Street was inspected." in page


def test_either_party_adds_an_item_and_both_read_it(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    client, path = client_of(cast.other_colleague), f"/meetings/{meeting.key}/agenda/add/"
    form = fields_of(client.get(path).content.decode())
    client.post(path, form | {"heading": "Winter", "body": "- Beds\n- <script>x</script>"})
    page = client_of(cast.viewer).get(f"/meetings/{meeting.key}/").content.decode()
    assert "Added by Oscar Othersby, Eastmoor CCG" in page
    assert "<li>Beds</li>" in page
    assert "<script>x" not in page


def test_an_item_moves_by_its_buttons_and_keeps_its_place(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    client, before = client_of(cast.manager), headings(meeting)
    last = meeting.agenda.last()
    assert last
    press(client, meeting, last, "move", way="up")
    assert headings(meeting)[-2:] == before[:-3:-1]
    press(client, meeting, last, "move", way="down")
    assert headings(meeting) == before
    press(client, meeting, last, "move", way="down")
    assert headings(meeting) == before


def test_an_item_is_worded_and_taken_off_again(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    item = add_item(by=acting(cast.manager), meeting=meeting, heading="Winter")
    client, path = client_of(cast.other_manager), f"/meetings/{meeting.key}/agenda/{item.pk}/"
    form = fields_of(client.get(path).content.decode())
    client.post(path, form | {"heading": "Winter and spring", "body": "Both."})
    assert "Winter and spring Added by Maud Manager" in words(client, f"/meetings/{meeting.key}/")
    assert "is off the agenda" in press(client, meeting, item, "remove")
    assert [row.heading for row in AgendaItem.history.filter(id=item.pk)][-1] == "Winter"


def test_what_stands_on_every_agenda_can_be_prepared_but_not_taken_off(
    cast: Cast, meeting: Meeting
) -> None:
    by, source = acting(cast.manager), meeting.agenda.get(topic="cqc_inspections")
    with pytest.raises(Refused, match="stands on every agenda"):
        remove_item(by=by, item=source)
    assert word_item(by=by, item=source, edit_no=0, heading="Something else", body="Two visits.")
    source.refresh_from_db()
    assert (source.heading, source.body) == ("CQC inspections, where there are any", "Two visits.")


def test_nobody_overwrites_what_they_have_not_seen(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    item = add_item(by=acting(cast.manager), meeting=meeting, heading="Winter")
    client, path = client_of(cast.manager), f"/meetings/{meeting.key}/agenda/{item.pk}/"
    form = fields_of(client.get(path).content.decode()) | {"body": "Ours."}
    word_item(by=acting(cast.other_manager), item=item, edit_no=0, body="Theirs.")
    with pytest.raises(Refused, match="Somebody changed this item"):
        word_item(by=acting(cast.manager), item=item, edit_no=0, body="Ours.")
    page = client.post(path, form).content.decode()
    assert "Somebody changed this item since you opened this page." in page
    client.post(path, fields_of(page))
    item.refresh_from_db()
    assert item.body == "Ours."


def test_the_same_item_twice_is_one(cast: Cast, meeting: Meeting) -> None:
    by = acting(cast.manager)
    first = add_item(by=by, meeting=meeting, heading="Winter", body="Beds.")
    assert add_item(by=by, meeting=meeting, heading="Winter", body="Beds.") == first


def test_an_item_that_is_gone_is_refused(cast: Cast, meeting: Meeting) -> None:
    by = acting(cast.manager)
    item = add_item(by=by, meeting=meeting, heading="Winter")
    remove_item(by=by, item=item)
    for act in (
        lambda: remove_item(by=by, item=item),
        lambda: move_item(by=by, item=item, places=1),
    ):
        with pytest.raises(Refused, match="took this item off"):
            act()


def test_a_button_on_an_item_that_is_gone_says_why_there_is_no_page(
    cast: Cast, meeting: Meeting, client_of: ClientOf
) -> None:
    by, client = acting(cast.manager), client_of(cast.other_manager)
    item = add_item(by=by, meeting=meeting, heading="Winter")
    remove_item(by=by, item=item)
    said = "somebody may have taken away what it was about since you opened the page"
    path = f"/meetings/{meeting.key}/agenda/{item.pk}/"
    assert said in client.post(f"{path}move/", {"way": "up"}).content.decode()
    assert said not in client.get(path).content.decode()


def test_a_group_keeps_headings_of_its_own(cast: Cast, meeting: Meeting) -> None:
    series = meeting.series
    series.standing = ["Good practice to pass on"]
    series.save()
    following = scheduled(cast.manager, series, meeting.day + timedelta(days=90))
    assert headings(following)[-1] == "Good practice to pass on"


def test_a_release_at_short_notice_is_on_the_next_agenda(cast: Cast, client_of: ClientOf) -> None:
    agreement = bilateral(cast)
    meeting = scheduled(cast.manager, series_of(agreement), clock.today() + timedelta(days=40))
    announcement = planned(cast, agreement, hours=3, title="Winter plan")
    draft = drafted(cast, announcement)
    shared(cast, draft, because="We heard of it today.")
    path = f"/meetings/{meeting.key}/"
    assert "Winter plan" not in words(client_of(cast.other_viewer), path)
    release(
        by=acting(cast.colleague), announcement=announcement, released_at=clock.now(),
        text="As it went out.",
    )  # fmt: skip
    page = words(client_of(cast.other_viewer), path)
    assert "The press release “Winter plan” came at short notice." in page
