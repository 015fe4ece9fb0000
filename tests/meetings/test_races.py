"""Two people and one meeting, at one moment; several sweeps and one year that turns."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agreements.models import RegisteredCopy
from agreements.register.changing import answer_change, correct_registration
from agreements.register.facts import facts_of
from commitments.models import Action
from deadlines.models import Deadline, Reminder
from house import clock
from meetings.models import Meeting, Series
from meetings.services.actions import Agreed
from meetings.services.agenda import add_item, move_item
from meetings.services.due import time_passed
from meetings.services.joining import join_series, leave_series
from meetings.services.recording import Account, record_elsewhere, record_meeting
from meetings.services.series import make_series
from tests.at_once import ROUNDS, at_once, refusals
from tests.cast import Cast, acting
from tests.meetings.stage import START, in_force, on, party, scheduled, series_of

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wider(cast: Cast) -> Series:
    return series_of(in_force(cast))


def test_of_two_who_record_the_same_meeting_one_does(cast: Cast, wider: Series) -> None:
    owner = party(wider.serves.get().agreement)
    for number in range(ROUNDS):
        with on(clock.today() - timedelta(days=number)):
            meeting = scheduled(cast.manager, wider, clock.today())

        def record(user: Any, pk: int = meeting.pk) -> Meeting:
            account = Account(notes=str(user), agreed=[Agreed(f"From {user}", owner)])
            meeting = Meeting.objects.get(pk=pk)
            return record_meeting(by=acting(user), meeting=meeting, account=account)

        users = (cast.manager, cast.other_manager)
        answers = at_once([(user, lambda user=user: record(user)) for user in users])  # type: ignore[misc]
        assert len(refusals(answers)) == 1
        assert Action.objects.filter(source_key=f"meeting:{meeting.key}").count() == 1


def test_one_day_has_one_meeting_however_it_is_recorded(cast: Cast, wider: Series) -> None:
    for number in range(1, ROUNDS + 1):
        day, key = clock.today() - timedelta(days=number), uuid.uuid4()

        def record(user: Any, key: Any, day: date = day) -> Meeting:
            series = Series.objects.get(pk=wider.pk)
            return record_elsewhere(
                by=acting(user), series=series, day=day, account=Account(), key=key
            )

        answers = at_once(
            [(cast.manager, lambda key=key: record(cast.manager, key)),  # type: ignore[misc]
             (cast.manager, lambda key=key: record(cast.manager, key)),  # type: ignore[misc]
             (cast.other_manager, lambda: record(cast.other_manager, uuid.uuid4()))]
        )  # fmt: skip
        assert Meeting.objects.filter(day=day).count() == 1
        assert len({each.pk for each in answers if isinstance(each, Meeting)}) == 1


def test_registered_days_are_put_right_while_a_group_of_agreements_meets(cast: Cast) -> None:
    first = in_force(cast)
    second = in_force(cast, ccg=cast.third_ccg, source=first.template_version)
    name = "Quality group"
    group = make_series(
        by=acting(cast.manager), agreements=[first, second], name=name, cadence="quarterly"
    )
    for number in range(1, ROUNDS + 1):
        copy = RegisteredCopy.objects.get(agreement=second)
        facts = replace(facts_of(copy), signed_on=START - timedelta(days=number))
        asked = correct_registration(
            by=acting(cast.manager), copy=copy, facts=facts, because="A slip of the pen."
        )
        day = clock.today() + timedelta(days=number)
        at_once(
            [(cast.third_manager, lambda change=asked: answer_change(  # type: ignore[misc]
                by=acting(cast.third_manager), change=change, agrees=True)),
             (cast.manager, lambda day=day: scheduled(cast.manager, group, day))]  # type: ignore[misc]
        )  # fmt: skip
        assert group.meetings.filter(day=day).count() == 1
        group.refresh_from_db()
        assert group.counts_from == facts.signed_on


def test_an_agenda_that_two_edit_stays_in_order(cast: Cast, wider: Series) -> None:
    meeting = scheduled(cast.manager, wider, clock.today() + timedelta(days=9))
    for number in range(ROUNDS):
        first = meeting.agenda.order_by("position")[0]
        at_once(
            [(cast.manager, lambda n=number: add_item(  # type: ignore[misc]
                by=acting(cast.manager), meeting=meeting, heading=f"Ours {n}")),
             (cast.other_manager, lambda n=number: add_item(  # type: ignore[misc]
                by=acting(cast.other_manager), meeting=meeting, heading=f"Theirs {n}")),
             (cast.other_manager, lambda item=first: move_item(  # type: ignore[misc]
                by=acting(cast.other_manager), item=item, places=1))]
        )  # fmt: skip
    places = list(meeting.agenda.values_list("position", flat=True))
    assert places == list(range(1, len(places) + 1))
    assert len(places) == 8 + 2 * ROUNDS


def test_three_sweeps_turn_a_year_once(cast: Cast, wider: Series) -> None:
    def turn() -> int:
        with on(date(2014, 9, 3)):
            return time_passed()

    turned = at_once([(cast.manager, turn)] * 3)
    assert sum(turned) == 1
    this_year = Deadline.objects.get(occurrence="2014-09-03")
    assert this_year.generation == 1
    assert Reminder.objects.filter(deadline=this_year).count() == 6


def test_agreements_join_and_leave_a_group_at_once(cast: Cast) -> None:
    """Whoever presses at the same moment makes one row, and one agreement always stays."""
    first = in_force(cast)
    second = in_force(cast, ccg=cast.third_ccg, source=first.template_version)
    by, today = acting(cast.manager), clock.today()
    for _ in range(ROUNDS):
        group = make_series(by=by, agreements=[first], name="Group", cadence="quarterly")
        at_once(
            [(cast.manager, lambda g=group: join_series(  # type: ignore[misc]
                by=by, series=g, agreements=[second], starts_on=today))] * 3
        )  # fmt: skip
        rows = list(group.serves.select_related("series", "agreement"))
        assert len(rows) == 2
        first_row, last_row = rows
        at_once(
            [(cast.manager, lambda row=first_row: leave_series(  # type: ignore[misc]
                by=by, row=row, ends_on=today)),
             (cast.manager, lambda row=last_row: leave_series(  # type: ignore[misc]
                by=by, row=row, ends_on=today))]
        )  # fmt: skip
        assert group.serves.filter(ends_on=None).count() == 1
