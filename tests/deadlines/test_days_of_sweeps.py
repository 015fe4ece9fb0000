"""Sweep after sweep while the clocks change, and after three days down (F8, F9)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from deadlines.holidays import bank_holidays
from deadlines.models import Reminder
from deadlines.rules.working_hours import is_open
from deadlines.sweep import sweep_reminders
from house import clock
from house.rooms import registered
from mail.models import Delivery
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.deadlines.ringing import EARLY, MONDAY, SUNDAY, bell, london, on
from tests.one_room import answers
from tests.weeks import working_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2027, 10, 31)], ids=str)
def test_each_quarter_of_an_hour_on_which_the_clocks_change_is_told_once(
    cast: Cast, change: date
) -> None:
    """F8: each reminder once; what is due to the minute within ten minutes of it, and the others
    in working hours."""
    begin = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(hours=1)
    instants = [begin + timedelta(minutes=15 * n) for n in range(100)]
    with on(change - timedelta(days=30)):
        for at in instants:
            bell(cast, None, subject_key=at.isoformat(), due_at=at,
                 schedule=["hours:-24", "hours:-1", "hours:0", "hours:+4"])  # fmt: skip
    now = london(change - timedelta(days=4), 6).astimezone(UTC)
    until = london(working_day(change), 9, 10)
    # Of the rooms nothing is asked 600 times that has no part in it.
    with registered(silent=lambda room: answers(room, "time_passed")):
        while now <= until:
            with clock.at(now):
                sweep_reminders(at_most=500)
            now += timedelta(minutes=10)
    found = Reminder.objects.select_related("deadline").all()
    counts = Counter(reminder.state for reminder in found)
    assert counts["pending"] == 0
    for reminder in found:
        assert reminder.taken_up_at
        if reminder.offset == "hours:0":
            assert reminder.state == "sent"
            late = reminder.taken_up_at - (reminder.deadline.due_at or begin)
            assert timedelta() <= late <= timedelta(minutes=10)
        else:
            assert is_open(reminder.taken_up_at, bank_holidays())
    made = [each.dedupe for each in Delivery.objects.all()]
    assert len(made) == counts["sent"]
    # Warnings that meet on Friday morning are one for each date, never one for none.
    assert {each.deadline_id for each in found if each.state == "sent"} == {
        each.deadline_id for each in found
    }


@pytest.mark.parametrize("back", [(MONDAY, 8), (MONDAY, 11), (MONDAY, 23)], ids=str)
def test_after_three_days_down_each_is_told_once_collapsed_and_marked_late(
    cast: Cast, mailbox: Mailbox, back: tuple[date, int]
) -> None:
    """F9: down from Friday at 8:00; the sweeps go on on Monday."""
    schedule = ["days:-2", "days:0", "days:+1", "days:+9"]
    with on(EARLY):
        for key in ("a", "b"):
            bell(cast, SUNDAY, subject_key=key, schedule=schedule)
    now = london(*back).astimezone(UTC)
    while now < london(MONDAY + timedelta(days=2), 12):
        with clock.at(now):
            sweep_reminders()
            mailbox.all  # noqa: B018 - sends
        now += timedelta(minutes=30)
    with clock.at(now):
        found = " ".join(f"{mail.subject} {mail.body}" for mail in mailbox.all)
    assert [found.count(each) for each in ("Bell a: days:+1", "Bell b: days:+1")] == [1, 1]
    # Monday's own reminder goes in its e-mail; a portal that is back later says that it is late.
    assert found.count("late: it should have gone") == 2 * (back[1] > 9)
    gone = Reminder.objects.exclude(state="pending")
    assert Counter(gone.values_list("state", flat=True)) == {"collapsed": 4, "sent": 2}
