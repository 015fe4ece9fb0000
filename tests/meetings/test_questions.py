"""What the other parties are asked about a record stands on Home until they have answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from agreements.models import Access
from deadlines.models import Concerned, Deadline, Holder
from house import clock
from house.answers import Todo
from meetings.models import Meeting, Series
from meetings.services.actions import Agreed
from meetings.services.correcting import answer_record, correct_record, enter_meeting_in_error
from meetings.services.recording import Account
from meetings.services.series import make_series
from mou_portal.home_page import HomePage
from nhsuk.dates import day
from parties.models import OrganisationName, User
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.costs import queries_at
from tests.meetings.stage import held, in_force, party, series_of

KIND = "record_to_confirm"
LATELY = clock.today() - timedelta(days=9)


@pytest.fixture
def wider(cast: Cast) -> Series:
    return series_of(in_force(cast))


@pytest.fixture
def group(cast: Cast) -> Series:
    """Of the Area Team, Eastmoor CCG and Westmoor CCG."""
    first = in_force(cast)
    both = [first, in_force(cast, ccg=cast.third_ccg, source=first.template_version)]
    return make_series(by=acting(cast.manager), agreements=both, name="Group", cadence="monthly")


def mine(user: User) -> list[Todo]:
    return [todo for todo in HomePage(acting(user)).mine if todo.kind == KIND]


def of_others(user: User) -> list[Todo]:
    return [todo for todo in HomePage(acting(user)).others if todo.kind == KIND]


def asked(*users: User) -> set[str]:
    """Those of these people whom Home asks about a record."""
    return {str(user) for user in users if mine(user)}


def corrected(by: User, meeting: Meeting, notes: str, on: date = LATELY) -> None:
    meeting.refresh_from_db()
    account, edit_no = Account(notes=notes), meeting.edit_no
    correct_record(by=acting(by), meeting=meeting, edit_no=edit_no, day=on, account=account)


def test_who_may_answer_for_another_party_is_asked(cast: Cast, wider: Series) -> None:
    meeting = held(cast.manager, wider, date(2014, 3, 3))
    for user in (cast.other_manager, cast.other_colleague, cast.other_secretary):
        [todo] = mine(user)
        assert todo.sentence == "Say whether the record is right: Wider meeting, 3 March 2014"
        assert todo.about == "Working together, recorded by Northern Moors Area Team"
        assert (todo.url, todo.button) == (f"/meetings/{meeting.key}/", "Read the record")
    assert asked(cast.manager, cast.colleague, cast.stranger) == set()
    assert of_others(cast.viewer) == of_others(cast.manager) == []
    [waiting] = of_others(cast.other_viewer)
    assert waiting.url == f"/meetings/{meeting.key}/"
    assert waiting.waits_for == "Oscar Othersby or Olga Other or Odile Otherwell, Eastmoor CCG"


def test_nobody_is_asked_after_the_answer_and_somebody_again_after_a_correction(
    cast: Cast, wider: Series
) -> None:
    meeting = held(cast.manager, wider, LATELY)
    answer_record(by=acting(cast.other_colleague), meeting=meeting, agrees=True)
    assert asked(cast.manager, cast.other_manager) == set()
    corrected(cast.other_manager, meeting, "Two.")
    assert asked(cast.manager, cast.other_manager) == {"Maud Manager"}
    corrected(cast.manager, meeting, "Three.", LATELY - timedelta(days=1))
    assert asked(cast.manager, cast.other_manager) == {"Olga Other"}
    [todo] = mine(cast.other_manager)
    assert todo.sentence.endswith(f"Wider meeting, {day(LATELY - timedelta(days=1))}")


def test_each_of_three_parties_says_its_own_word(cast: Cast, group: Series) -> None:
    everybody = (cast.manager, cast.other_manager, cast.third_manager)
    meeting = held(cast.manager, group, LATELY)
    assert asked(*everybody) == {"Olga Other", "Thea Third"}
    answer_record(by=acting(cast.other_manager), meeting=meeting, agrees=True)
    assert asked(*everybody) == {"Thea Third"}
    # What is not right is for whoever wrote it, until the word is taken back.
    answer_record(by=acting(cast.other_manager), meeting=meeting, agrees=False, because="No.")
    assert asked(*everybody) == {"Thea Third"}
    answer_record(by=acting(cast.other_manager), meeting=meeting, agrees=True)
    assert asked(*everybody) == {"Thea Third"}
    corrected(cast.third_manager, meeting, "Two.")
    assert asked(*everybody) == {"Maud Manager", "Olga Other"}


def test_a_record_that_is_taken_back_asks_nobody(cast: Cast, wider: Series) -> None:
    meeting = held(cast.manager, wider, LATELY)
    enter_meeting_in_error(by=acting(cast.manager), meeting=meeting, because="It was a call.")
    assert asked(cast.manager, cast.other_manager) == set()
    assert not Deadline.objects.still_open().filter(kind=KIND).exists()


def test_more_that_waits_for_a_word_asks_no_more_of_the_database(
    cast: Cast, wider: Series, client_of: ClientOf
) -> None:
    client, counts, theirs = client_of(cast.other_manager), [], party(wider.serves.get().agreement)
    for days in (range(9, 10), range(10, 20)):
        for each in days:
            on = clock.today() - timedelta(days=each)
            held(cast.manager, wider, on, Agreed(f"Read it in {each} days", theirs))
        counts.append(queries_at(client, "/"))
        assert len(mine(cast.other_manager)) == max(days) - 8
    assert counts[0] == counts[1] <= 30


def test_who_does_not_see_the_agreement_reads_nothing_of_its_records(
    cast: Cast, wider: Series
) -> None:
    held(cast.manager, wider, LATELY)
    Access.objects.filter(organisation=cast.ccg).delete()
    assert mine(cast.other_manager) == of_others(cast.other_viewer) == []


def test_whoever_recorded_it_is_called_what_they_are_called_today(
    cast: Cast, wider: Series
) -> None:
    held(cast.manager, wider, LATELY)
    today = clock.today()
    before = cast.area_team.names.get()
    before.ends_on = today - timedelta(days=1)
    before.save()
    OrganisationName.objects.create(organisation=cast.area_team, name="NHS Moors", starts_on=today)
    [todo] = mine(cast.other_manager)
    assert todo.about == "Working together, recorded by NHS Moors"


def test_records_from_before_an_upgrade_are_asked_about_once(cast: Cast, group: Series) -> None:
    meeting = held(cast.manager, group, LATELY)
    answered = held(cast.third_manager, group, LATELY - timedelta(days=30))
    answer_record(by=acting(cast.other_manager), meeting=answered, agrees=True)
    answer_record(by=acting(cast.manager), meeting=answered, agrees=True)
    answer_record(by=acting(cast.other_manager), meeting=meeting, agrees=True)
    of_kind = Deadline.objects.filter(kind=KIND)
    for rows in (Holder, Concerned):
        rows.objects.filter(deadline__in=of_kind).delete()
    of_kind.delete()
    for _ in "12":
        call_command("set_deadlines")
        assert len(mine(cast.third_manager)) == 1
        assert asked(cast.manager, cast.other_manager) == set()
        [deadline] = of_kind
        assert (deadline.since, deadline.generation) == (meeting.recorded_at, 1)
