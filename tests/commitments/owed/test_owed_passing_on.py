"""Who leads commitments leaves; what stood on a day; what is open when the MoU ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Agreement
from commitments.owed.said import Lead, When
from commitments.owed.services.recording import change_commitment, record_commitment
from house import clock
from house.rooms import rooms
from parties.models import Person
from parties.services.leaving import Successors, leave
from tests.cast import Cast, acting, person_of
from tests.commitments.owed.owing import commitment, done, owing, party
from tests.conftest import ClientOf
from tests.reading import all_words

pytestmark = pytest.mark.django_db


def led(cast: Cast, agreement: Agreement) -> None:
    change_commitment(
        by=acting(cast.manager), commitment=commitment(agreement), edit_no=0,
        lead=Lead(person_of(cast.viewer)), when=When(),
    )  # fmt: skip


def left(cast: Cast, successor: Person | None = None) -> None:
    leave(
        by=acting(cast.administrator), organisation=cast.area_team,
        person=person_of(cast.viewer), last_day=clock.today(),
        successors=Successors(rest=successor),
    )  # fmt: skip


def test_who_follows_leads_it_and_else_nobody_is_named(cast: Cast, client_of: ClientOf) -> None:
    agreement = owing(cast)
    led(cast, agreement)
    left(cast, successor=person_of(cast.colleague))
    assert commitment(agreement).person == person_of(cast.colleague)
    page = all_words(client_of(cast.other_viewer), agreement)
    number = commitment(agreement).number
    assert f"They led commitment {number}: Colin Colleague follows." in page


def test_without_a_successor_it_is_with_the_mou_manager(cast: Cast) -> None:
    agreement = owing(cast)
    led(cast, agreement)
    left(cast)
    assert commitment(agreement).person is None


def test_as_it_stood_names_what_ran_then(cast: Cast, client_of: ClientOf) -> None:
    agreement = owing(cast)
    before = clock.today()
    with clock.at(clock.now() + timedelta(days=3)):
        record_commitment(
            by=acting(cast.manager), agreement=agreement, what="Later on", owed_by=party(agreement)
        )
        path = f"/agreements/{agreement.reference}/on/{{}}/"
        page = client_of(cast.viewer).get(path.format(before.isoformat())).content.decode()
        assert "Payment schedules" in page
        assert "Later on" not in page
        today = client_of(cast.viewer).get(path.format(clock.today().isoformat())).content.decode()
    assert "Later on" in today


def test_what_is_due_and_not_recorded_is_open_when_the_agreement_ends(cast: Cast) -> None:
    agreement = owing(cast)
    made = record_commitment(
        by=acting(cast.manager), agreement=agreement, what="Once", owed_by=party(agreement),
        when=When("once", due_on=clock.today()),
    )  # fmt: skip
    room = next(each for each in rooms() if each.name == "commitments.owed")
    before = room.left_open([agreement.pk])[agreement.pk]
    done(cast.manager, made, made.counts_from)
    assert room.left_open([agreement.pk]).get(agreement.pk, 0) == before - 1


def test_the_agenda_asks_about_standing_ones_and_names_what_is_late(cast: Cast) -> None:
    agreement, today = owing(cast), clock.today()
    room = next(each for each in rooms() if each.name == "commitments.owed")
    points = room.agenda_points([agreement], today, today)[agreement.pk]
    assert [point.text for point in points] == [
        "Say what was done for 1 standing commitment since the last time."
    ]
    assert points[0].url == f"/commitments/owed/standing/{agreement.reference}/"
    with clock.at(clock.now() + timedelta(days=70)):
        late = room.agenda_points([agreement], today, today)[agreement.pk][-1]
    assert late.text == "1 commitment is late, with no record."
