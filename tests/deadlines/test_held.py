"""What a sweep or a sender finds at night, on a weekend or after an outage (F8, F9)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.holidays import bank_holidays
from deadlines.models import Reminder
from deadlines.rules.working_hours import is_open
from deadlines.services.planning_again import plan_into_working_hours
from deadlines.services.preferring import prefer
from deadlines.sweep import sweep_reminders, take_up
from house import clock
from mail.models import Delivery
from tests.cast import Cast, person_of
from tests.conftest import ClientOf, Mailbox
from tests.deadlines.bell import Bells
from tests.deadlines.ringing import bell, london, on, states, swept
from tests.deadlines.test_holidays import add_holiday
from tests.weeks import working_day

pytestmark = pytest.mark.django_db
EARLY, FRIDAY, MONDAY = date(2027, 5, 3), date(2027, 6, 11), date(2027, 6, 14)
SATURDAY, SUNDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)


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


# --- The daily e-mail


def test_the_daily_e_mail_comes_on_working_days(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(FRIDAY, 11):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(FRIDAY, 11, 2)
    for day in (FRIDAY, SATURDAY, SUNDAY):
        with on(day, 9, 31):
            assert mailbox.all == []
    with on(MONDAY, 9, 31):
        (mail,) = mailbox.all
    assert mail.subject == "1 thing to see to on 14 June 2027"
    assert "late" not in mail.body  # it came up after Friday's had gone


def test_one_that_is_sent_days_later_says_so(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(FRIDAY)
    with on(MONDAY):  # the mail server was down
        (mail,) = mailbox.all
    assert mail.subject == "1 thing to see to on 11 June 2027"
    assert "Your reminders of 11 June 2027, in one e-mail. This e-mail is late" in mail.body


def test_what_was_taken_up_late_says_so_in_its_line(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(MONDAY)
    with on(MONDAY, 9, 31):
        (mail,) = mailbox.all
    late = "This reminder is late: it should have gone at 9:00 am BST on 11 June 2027."
    assert f"- Bell bell:1: days:0. {late}\n" in mail.body


def test_a_line_that_cannot_be_made_never_costs_the_others(
    cast: Cast, mailbox: Mailbox, bells: Bells
) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(EARLY):
        for key in ("one", "bad", "other"):
            bell(cast, FRIDAY, subject_key=key, schedule=["days:0"])
    swept(FRIDAY)
    bells.wordless = "bad"
    with on(FRIDAY, 9, 31):
        (mail,) = mailbox.all
    assert mail.subject == "3 things to see to on 11 June 2027"
    assert "- Bell one: days:0\n" in mail.body
    assert "- Bell other: days:0\n" in mail.body
    assert "- One of your reminders could not be shown here." in mail.body
    assert "no words" in Reminder.objects.get(deadline__subject_key="bad").problem


# --- Late, then at its time


@pytest.fixture
def same_words(bells: Bells) -> Bells:
    """Each bell says the same whenever it rings."""
    bells.says_the_same = True
    return bells


def test_a_late_reminder_and_the_next_days_are_not_two_e_mails_alike(
    cast: Cast, mailbox: Mailbox, same_words: Bells
) -> None:
    with on(EARLY):
        deadline = bell(cast, FRIDAY, schedule=["days:0", "days:+4"])
    assert [swept(MONDAY, 11), swept(MONDAY + timedelta(days=1))] == [1, 0]
    with on(MONDAY + timedelta(days=1)):
        assert len(mailbox.all) == 1
    assert states(deadline) == {"days:0": "sent", "days:+4": "collapsed"}


def test_nor_in_the_daily_e_mail(cast: Cast, mailbox: Mailbox, same_words: Bells) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0", "days:+4"])
    assert [swept(MONDAY, 9), swept(MONDAY + timedelta(days=1))] == [1, 0]
    with on(MONDAY + timedelta(days=1), 9, 31):
        assert len(mailbox.all) == 1


def test_where_hours_count_a_late_warning_waits_for_no_other(cast: Cast) -> None:
    with on(EARLY):
        bell(cast, None, due_at=london(FRIDAY, 17), schedule=["hours:-24", "hours:-1"])
    assert [swept(FRIDAY, 14, 30), swept(FRIDAY, 16, 1)] == [1, 1]


def test_another_subject_or_a_later_day_is_told(cast: Cast, same_words: Bells) -> None:
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0", "days:+5"])
    assert [swept(MONDAY, 11), swept(MONDAY + timedelta(days=2))] == [1, 1]
    same_words.says_the_same = False
    with on(EARLY):
        bell(cast, FRIDAY, subject_key="b", schedule=["days:0", "days:+4"])
    assert [swept(MONDAY, 11), swept(MONDAY + timedelta(days=1))] == [1, 1]


def test_who_was_not_told_late_is_told(cast: Cast, mailbox: Mailbox, same_words: Bells) -> None:
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0", "days:+4"])
    swept(MONDAY, 11)
    with on(MONDAY, 12):
        bell_of_two = bell(cast, FRIDAY, who=cast.colleague, schedule=["days:0", "days:+4"])
        assert bell_of_two.generation == 1
    assert swept(MONDAY + timedelta(days=1)) == 1
    with on(MONDAY + timedelta(days=1)):
        assert [mail.to for mail in mailbox.all] == [[cast.manager.email], [cast.colleague.email]]


# --- Days of sweeps


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
        subjects = sorted(mail.subject for mail in mailbox.all)
        late = ["late: it should have gone" in mail.body for mail in mailbox.all]
    assert subjects == ["Bell a: days:+1", "Bell b: days:+1"]
    # Monday's own reminder goes at nine; a portal that is back later says that it is late.
    assert set(late) == {back[1] > 9}
    gone = Reminder.objects.exclude(state="pending")
    assert Counter(gone.values_list("state", flat=True)) == {"collapsed": 4, "sent": 2}
