"""What a sweep or a sender finds at night or on a weekend waits for working hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.models import Reminder
from deadlines.services.planning_again import plan_into_working_hours
from deadlines.sweep import take_up
from mail.models import Delivery
from tests.cast import Cast
from tests.conftest import ClientOf, Mailbox
from tests.deadlines.ringing import (
    EARLY,
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    bell,
    london,
    on,
    states,
    swept,
)
from tests.deadlines.test_holidays import add_holiday

pytestmark = pytest.mark.django_db


def planned(**of: object) -> list[datetime]:
    found = Reminder.objects.filter(state="pending", **of).order_by("send_at", "pk")
    return list(found.values_list("send_at", flat=True))


def from_a_former_release(cast: Cast, day: date, offset: str = "days:0") -> Reminder:
    """Armed for nine on that day, whatever day it is."""
    with on(EARLY):
        bell(cast, day, schedule=[offset])
    Reminder.objects.update(send_at=london(day), next_try=london(day))
    return Reminder.objects.get()


# --- Taken up


def test_what_a_former_release_armed_for_a_weekend_waits_for_monday_and_is_not_late(
    cast: Cast, mailbox: Mailbox
) -> None:
    from_a_former_release(cast, SATURDAY)
    assert [swept(SATURDAY), swept(SUNDAY, 12), swept(MONDAY, 8, 59), swept(MONDAY)] == [0, 0, 0, 1]
    with on(MONDAY):
        (mail,) = mailbox.all
    assert "This reminder is late" not in mail.body


def test_a_bank_holiday_is_no_working_day(cast: Cast) -> None:
    spring = date(2027, 5, 31)
    from_a_former_release(cast, spring)
    assert [swept(spring), swept(spring, 18), swept(spring + timedelta(days=1))] == [0, 0, 1]


def test_what_waits_is_held_once_and_then_no_sweep_reads_it(cast: Cast) -> None:
    with on(EARLY):
        for number in range(5):
            bell(cast, SATURDAY, subject_key=f"bell:{number}")
    Reminder.objects.update(send_at=london(SATURDAY), next_try=london(SATURDAY))
    with on(SATURDAY):
        assert take_up(20) == [False] * 20
        with CaptureQueriesContext(connection) as asked:
            assert take_up(20) == []
    assert len(asked) == 3  # the look itself, in its savepoint
    assert planned()[0] == london(MONDAY)


def test_an_upgrade_plans_ahead_what_warns_and_on_what_is_past(cast: Cast) -> None:
    warns = from_a_former_release(cast, SATURDAY)
    with on(EARLY):
        chases = bell(cast, SATURDAY - timedelta(days=7), subject_key="b", schedule=["days:+7"])
        exact = bell(cast, None, subject_key="c", schedule=["hours:0"], due_at=london(SUNDAY))
    chases.reminders.update(send_at=london(SATURDAY), next_try=london(SATURDAY))
    with on(EARLY):
        call_command("set_deadlines")
        assert plan_into_working_hours() == 0
    warns.refresh_from_db()
    assert (warns.send_at, warns.next_try) == (london(FRIDAY), london(FRIDAY))
    assert chases.reminders.get().send_at == london(MONDAY)
    assert exact.reminders.get().send_at == london(SUNDAY)


def test_an_upgrade_on_the_friday_itself_warns_before_the_weekend(cast: Cast) -> None:
    from_a_former_release(cast, SATURDAY)
    with on(FRIDAY, 15):
        plan_into_working_hours()
    assert swept(FRIDAY, 15, 2) == 1


def test_what_is_due_to_the_minute_goes_at_it_on_a_sunday_too(cast: Cast, mailbox: Mailbox) -> None:
    schedule = ["hours:-24", "hours:-1", "hours:0", "hours:+4"]
    with on(EARLY):
        deadline = bell(cast, None, due_at=london(SUNDAY, 15), schedule=schedule)
    moments = ((FRIDAY, 9), (FRIDAY, 18, 46), (SATURDAY, 15), (SUNDAY, 15), (SUNDAY, 20), (MONDAY,))
    assert [swept(*each) for each in moments] == [1, 1, 0, 1, 0, 1]
    with on(SUNDAY, 16):
        assert mailbox.all[-1].subject.endswith("hours:0")
    assert set(states(deadline).values()) == {"sent"}


def test_what_is_set_on_a_weekend_for_long_ago_is_told_on_monday(cast: Cast) -> None:
    with on(SATURDAY):
        bell(cast, FRIDAY - timedelta(days=1), schedule=["days:0"])
    assert [swept(SATURDAY, 10), swept(SUNDAY), swept(MONDAY, 9, 0)] == [0, 0, 1]


def test_those_that_meet_on_one_working_day_are_one(cast: Cast, mailbox: Mailbox) -> None:
    with on(EARLY):
        deadline = bell(cast, SUNDAY, schedule=["days:-1", "days:0", "days:+1"])
    assert swept(FRIDAY) == 1
    assert states(deadline) == {"days:-1": "collapsed", "days:0": "sent", "days:+1": "pending"}
    with on(FRIDAY):
        assert [mail.subject for mail in mailbox.all] == ["Bell bell:1: days:0"]


def test_a_new_holiday_moves_what_was_to_go_on_it_and_back_when_it_is_corrected(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(EARLY):
        bell(cast, MONDAY, schedule=["days:-3", "days:0", "days:+1"])
        client = client_of(cast.system_administrator)
        add_holiday(client, MONDAY)
        assert planned() == [london(FRIDAY), london(FRIDAY), london(MONDAY + timedelta(days=1))]
        path = "/admin/deadlines/holiday/"
        holiday = client.get(f"{path}?q=thanks").content.decode().split(path)[1:]
        pk = next(part.split("/")[0] for part in holiday if part.split("/")[0].isdigit())
        form = {"calendar": "england_and_wales", "day": "2027-06-15", "name": "A day of thanks"}
        client.post(f"{path}{pk}/change/", form)
        assert planned() == [london(FRIDAY), london(MONDAY), london(MONDAY + timedelta(days=2))]


# --- Sent


def test_an_e_mail_that_a_server_held_up_waits_for_working_hours(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(FRIDAY, 18, 59)
    for day, hour in ((FRIDAY, 19), (SATURDAY, 12), (MONDAY, 8)):
        with on(day, hour):
            assert mailbox.all == []
    (waiting,) = Delivery.objects.all()
    assert (waiting.state, waiting.attempts, waiting.next_try) == ("waiting", 0, london(MONDAY))
    with on(MONDAY):
        (mail,) = mailbox.all
    assert "late: it should have gone at 9:00 am BST on 11 June 2027" in mail.body


def test_what_a_server_perhaps_has_stays_perhaps(cast: Cast, mailbox: Mailbox) -> None:
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(FRIDAY)
    Delivery.objects.update(state="maybe_sent", silences=1, next_try=london(FRIDAY, 18, 59))
    with on(SATURDAY):
        assert mailbox.all == []
    assert Delivery.objects.get().state == "maybe_sent"
