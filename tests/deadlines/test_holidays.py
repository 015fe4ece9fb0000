from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from audit.models import Entry
from deadlines.holidays import Within
from deadlines.models import Deadline
from deadlines.services.setting import For, meet_deadline
from tests.cast import Cast, person_of
from tests.conftest import ClientOf
from tests.deadlines.ringing import deadline_set, on, states

pytestmark = pytest.mark.django_db
RECEIVED, DUE, LATER = date(2027, 6, 1), date(2027, 6, 8), date(2027, 6, 9)


def counted(cast: Cast, key: str) -> Deadline:
    return deadline_set(
        kind="bell",
        subject_key=key,
        within=Within(5, RECEIVED),
        schedule=["days:0"],
        holders=[For(cast.area_team, person=person_of(cast.manager))],
    )


def add_holiday(client: Client, day: date, calendar: str = "england_and_wales") -> str:
    form = {"calendar": calendar, "day": day.isoformat(), "name": "A day of thanks"}
    answer = client.post("/admin/deadlines/holiday/add/", form, follow=True)
    return str(answer.content.decode())


def test_a_new_holiday_moves_open_dates_and_says_so(cast: Cast, client_of: ClientOf) -> None:
    with on(RECEIVED):
        waiting, done = counted(cast, "open"), counted(cast, "done")
        meet_deadline(kind="bell", subject_key="done")
        page = add_holiday(client_of(cast.system_administrator), date(2027, 6, 4))
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.due_on, done.due_on) == (LATER, DUE)
    assert "Left out: 4 June 2027." in waiting.working
    assert states(waiting) == {"days:0": "pending"}
    assert "1 open deadline moved because of this day." in page
    assert Entry.objects.filter(verb="moved a deadline for a holiday").count() == 1


def test_a_holiday_of_the_other_calendar_moves_nothing(cast: Cast, client_of: ClientOf) -> None:
    with on(RECEIVED):
        deadline = counted(cast, "open")
        add_holiday(client_of(cast.system_administrator), date(2027, 6, 4), "foi")
    deadline.refresh_from_db()
    assert deadline.due_on == DUE


def test_the_reminder_before_a_day_off_moves_with_the_days_that_are_none(
    cast: Cast, client_of: ClientOf
) -> None:
    saturday = date(2027, 6, 12)
    with on(RECEIVED):
        deadline = deadline_set(
            kind="bell", subject_key="b", due_on=saturday, schedule=["eve"], holders=[]
        )
        add_holiday(client_of(cast.system_administrator), saturday - timedelta(days=1))
    assert deadline.reminders.get().send_at.date() == date(2027, 6, 10)


def test_a_reminder_counted_in_working_days_across_a_day_off_moves_too(
    cast: Cast, client_of: ClientOf
) -> None:
    tuesday = date(2027, 6, 15)
    with on(RECEIVED):
        deadline = deadline_set(
            kind="bell", subject_key="b", due_on=tuesday, schedule=["working:-4", "working:+5"],
            holders=[],
        )  # fmt: skip
        add_holiday(client_of(cast.system_administrator), tuesday - timedelta(days=1))
        add_holiday(client_of(cast.system_administrator), tuesday + timedelta(days=2))
    sent = {each.offset: each.send_at.date() for each in deadline.reminders.all()}
    assert sent == {"working:-4": date(2027, 6, 8), "working:+5": date(2027, 6, 23)}
