from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines.models import Reminder
from deadlines.services.setting import For, set_deadline
from deadlines.sweep import MOST_ATTEMPTS, last_swept, sweep_reminders
from house.clock import LONDON
from house.once import read_together
from mail.kinds import NotNeeded, compose, read_ahead
from mail.models import Delivery
from parties.models import Absence
from tests.cast import Cast, person_of, user
from tests.conftest import Mailbox
from tests.deadlines.bell import Bells
from tests.deadlines.ringing import DUE, bell, deadline_set, london, on, states, swept

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
EARLY = date(2027, 1, 1)


def test_a_reminder_goes_once_at_nine_on_its_day(cast: Cast, mailbox: Mailbox) -> None:
    with on(EARLY):
        bell(cast, schedule=["days:-7"])
    day = DUE - timedelta(days=7)
    assert tuple(swept(day, *at) for at in ((8, 59), (9, 0), (9, 1))) == (0, 1, 0)
    with on(day):
        (mail,) = mailbox.to(cast.manager.email)
    assert mail.subject == "Bell bell:1: days:-7"
    assert "Why you get this: it is yours, for Northern Moors Area Team." in mail.body


def test_after_an_outage_people_are_told_once_and_that_it_is_late(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(EARLY):
        deadline = bell(cast)
    after = DUE + timedelta(days=3)
    assert swept(after) == 1
    assert states(deadline) == {
        "days:-30": "collapsed",
        "days:-7": "collapsed",
        "days:0": "sent",
        "days:+7": "pending",
    }
    with on(after):
        (mail,) = mailbox.all
    assert "late: it should have gone at 9:00 am GMT on 1 March 2027" in mail.body


def test_what_was_met_between_sweep_and_sending_is_not_sent(cast: Cast, mailbox: Mailbox) -> None:
    from deadlines.services.setting import meet_deadline

    with on(EARLY):
        bell(cast)
    swept(DUE)
    meet_deadline(kind="bell", subject_key="bell:1")
    with on(DUE):
        assert mailbox.all == []
    assert Delivery.objects.get().state == "cancelled"


def test_a_date_that_moved_between_sweep_and_sending_is_not_told(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(EARLY):
        bell(cast, schedule=["days:0"])
    swept(DUE)
    with on(DUE):
        bell(cast, DUE + timedelta(days=60), schedule=["days:0"])
        assert mailbox.all == []
    assert Delivery.objects.get().state == "cancelled"
    assert swept(DUE + timedelta(days=60)) == 1


def test_after_an_outage_the_next_month_is_one_to_come(cast: Cast, mailbox: Mailbox) -> None:
    with on(EARLY):
        deadline = bell(cast, schedule=["days:0", "monthly"])
    back = date(2027, 6, 9)
    assert [swept(back), swept(back, 9, 2)] == [1, 0]
    assert states(deadline) == {"days:0": "sent", "months:+4": "pending"}
    assert [swept(back + timedelta(days=n)) for n in (1, 21, 22)] == [0, 0, 1]  # on 1 July
    with on(date(2027, 7, 1)):
        assert len(mailbox.all) == 2


def test_recipients_are_those_of_the_day(cast: Cast, mailbox: Mailbox) -> None:
    holders = [For(cast.area_team, role="manager")]
    with on(EARLY):
        set_deadline(kind="bell", subject_key="b", due_on=DUE, holders=holders, schedule=["days:0"])
        assert cast.manager
    membership = cast.manager.memberships.get()
    membership.ends_on = DUE - timedelta(days=1)
    membership.save()
    later = cast.colleague
    later.memberships.create(organisation=cast.area_team, role="manager")
    swept(DUE)
    with on(DUE):
        assert [mail.to for mail in mailbox.all] == [[later.email]]


def test_of_several_with_the_role_those_who_are_there_are_asked(
    cast: Cast, mailbox: Mailbox
) -> None:
    cast.colleague.memberships.create(organisation=cast.area_team, role="manager")
    Absence.objects.create(person=person_of(cast.manager), starts_on=DUE, ends_on=DUE)
    with on(EARLY):
        set_deadline(
            kind="bell",
            subject_key="b",
            due_on=DUE,
            holders=[For(cast.area_team, role="manager")],
            schedule=["days:0"],
        )
    swept(DUE)
    with on(DUE):
        assert [mail.to for mail in mailbox.all] == [[cast.colleague.email]]


def test_nobody_to_tell_is_said(cast: Cast) -> None:
    with on(EARLY):
        deadline = deadline_set(
            kind="bell",
            subject_key="b",
            due_on=DUE,
            holders=[For(cast.far_ccg, role="manager")],
            schedule=["days:0"],
        )
    assert swept(DUE) == 0
    assert states(deadline) == {"days:0": "nobody"}


def test_what_another_reminder_tells_too_is_not_told_twice(cast: Cast, bells: Bells) -> None:
    with on(EARLY):
        deadline = bell(cast)
    bells.broken = NotNeeded()
    assert swept(DUE - timedelta(days=7)) == 0
    assert states(deadline)["days:-7"] == "not_needed"


def test_one_that_cannot_be_told_holds_up_nobody_and_is_given_up(cast: Cast, bells: Bells) -> None:
    with on(EARLY):
        deadline = bell(cast, kind="alarm", subject_key="bad")
        good = bell(cast, subject_key="good")
    bells.broken = ZeroDivisionError("no bell")
    assert swept(DUE) == 0
    bells.broken = None
    assert swept(DUE, 9, 15) == 2
    bells.broken = ZeroDivisionError("no bell")
    after = DUE + timedelta(days=7)
    for number in range(MOST_ATTEMPTS):
        swept(after, 10 + number, 0)
    assert {states(each)["days:+7"] for each in (deadline, good)} == {"failed"}
    assert "no bell" in Reminder.objects.filter(state="failed")[0].problem


@pytest.mark.parametrize("fault", ["unknown_to_database", "unreadable"])
def test_of_many_the_one_at_fault_alone_is_set_aside(
    cast: Cast, bells: Bells, mailbox: Mailbox, fault: str
) -> None:
    with on(EARLY):
        one, bad, other = (bell(cast, subject_key=key) for key in ("one", "bad", "other"))
    setattr(bells, fault, "bad")
    assert swept(DUE) == 2
    assert {states(each)["days:0"] for each in (one, other)} == {"sent"}
    waiting = Reminder.objects.get(deadline=bad, offset="days:0")
    assert (waiting.state, waiting.attempts) == ("pending", 1)
    with on(DUE):
        (mail,) = mailbox.all
    assert mail.subject.startswith("2 things to see to")
    setattr(bells, fault, "")
    assert swept(DUE, 9, 15) == 1


def test_all_that_is_due_on_a_morning_is_one_e_mail(cast: Cast, mailbox: Mailbox) -> None:
    with on(EARLY):
        for number in range(5):
            bell(cast, subject_key=f"bell:{number}", schedule=["days:0"])
    assert swept(DUE) == 5
    with on(DUE):
        (mail,) = mailbox.all
    assert mail.subject.startswith("5 things to see to on")
    assert "what you are reminded of on one day comes in one e-mail" in mail.body


@pytest.mark.parametrize("at", [(9, 25), (9, 31), (11, 0)], ids=str)
def test_what_comes_up_later_in_the_day_comes_at_once(
    cast: Cast, mailbox: Mailbox, at: tuple[int, int]
) -> None:
    with on(EARLY):
        bell(cast, schedule=["days:0"])
    swept(DUE)
    with on(DUE, *at):
        bell(cast, DUE, subject_key="later", schedule=["days:0"])
        sweep_reminders()
        assert Delivery.objects.filter(kind="reminder").count() == 1
    with on(DUE, 11, 2):
        assert len(mailbox.all) == 2


def test_overdue_reminders_go_on_each_month_until_it_is_met(cast: Cast) -> None:
    with on(EARLY):
        deadline = bell(cast, schedule=["days:0", "days:+7", "monthly"])
    told = [day for number in range(130) if swept(day := DUE + timedelta(days=number))]
    assert told == [
        DUE,
        DUE + timedelta(days=7),
        date(2027, 4, 1),
        date(2027, 5, 4),  # the first is a Saturday, the third a bank holiday
        date(2027, 6, 1),
        date(2027, 7, 1),
    ]
    assert states(deadline)["months:+5"] == "pending"


def test_the_last_sweep_is_known(cast: Cast) -> None:
    assert last_swept() is None
    swept(DUE)
    found = last_swept()
    assert found
    assert found.astimezone(LONDON) == london(DUE, 9, 1)


def test_the_e_mails_of_a_morning_are_read_for_many_at_once(cast: Cast) -> None:
    assert queries_for_mails_of(cast, 2) == queries_for_mails_of(cast, 6)


def queries_for_mails_of(cast: Cast, people: int) -> int:
    """For composing the e-mails of so many, each with two reminders, as a sender does."""
    somebody = [user(f"Una {people} {n}", cast.area_team, "manager") for n in range(people)]
    with on(EARLY):
        for who in somebody:
            for key in ("a", "b"):
                bell(cast, who=who, subject_key=f"{who.pk}{key}", schedule=["days:0"])
    swept(DUE)
    mails = list(Delivery.objects.filter(kind="digest", context__day=DUE.isoformat()))
    assert len(mails) == people
    with on(DUE, 9, 31), read_together(), CaptureQueriesContext(connection) as asked:
        read_ahead([mail.whole_context for mail in mails])
        for mail in mails:
            assert compose(mail.kind, mail.whole_context).subject.startswith("2 things")
    Delivery.objects.all().delete()
    return len(asked)
