"""What goes late says so, in an e-mail of its own or a daily one, and is not said twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deadlines.models import Reminder
from deadlines.services.preferring import prefer
from tests.cast import Cast, person_of
from tests.conftest import Mailbox
from tests.deadlines.bell import Bells
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

pytestmark = pytest.mark.django_db


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
    assert mail.subject == "Bell bell:1: days:0"
    assert "late" not in mail.body  # it came up after Friday's had gone


def test_one_that_is_sent_days_later_says_so(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(FRIDAY)
    with on(MONDAY):  # the mail server was down
        (mail,) = mailbox.all
    assert mail.subject == "Bell bell:1: days:0"
    assert "This reminder is late: it should have gone at 9:00 am BST on 11 June 2027." in mail.body


def test_what_was_taken_up_late_says_so_in_its_line(cast: Cast, mailbox: Mailbox) -> None:
    prefer(person=person_of(cast.manager), one_digest_a_day=True, switched_off=[])
    with on(EARLY):
        bell(cast, FRIDAY, schedule=["days:0"])
    swept(MONDAY)
    with on(MONDAY, 9, 31):
        (mail,) = mailbox.all
    late = "This reminder is late: it should have gone at 9:00 am BST on 11 June 2027."
    assert f"\n\n{late}\n" in mail.body


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
