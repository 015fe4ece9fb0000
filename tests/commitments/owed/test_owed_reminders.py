"""What is due is told once a week in one e-mail, and while it is late for some weeks more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from commitments.models import Commitment
from commitments.owed.said import Lead, When
from commitments.owed.services.due import time_passed
from commitments.owed.services.recording import change_commitment, record_commitment
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.clock import months_after
from parties.models import Team, TeamMember
from tests.cast import Cast, acting, person_of
from tests.commitments.owed.owing import commitment, done, party, standing_only
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.weeks import ordinary_day

made, cast = made_once(standing_only)
WEEKLY, OWED = "to see to on", "Record what was done for commitment"
pytestmark = pytest.mark.django_db


def sweep(day: date, mailbox: Mailbox) -> list[str]:
    """To whom the week's e-mail goes on a day, after what the day brings by itself."""
    before = len(mailbox.all)
    for minute in (5, 45):
        with clock.at(datetime(day.year, day.month, day.day, 9, minute, tzinfo=clock.LONDON)):
            time_passed()
            sweep_reminders()
            mails = mailbox.all[before:]
    return sorted(mail.to[0] for mail in mails if OWED in f"{mail.subject} {mail.body}")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture
def due_on() -> date:
    """A Wednesday far ahead whose week and those around it begin with working days."""
    monday = ordinary_day(clock.today() + timedelta(days=80), -28, -7, 7, 14)
    while monday.weekday():
        monday = ordinary_day(monday + timedelta(days=1), -28, -7, 7, 14)
    return monday + timedelta(days=2)


def recorded(cast: Cast, due_on: date, what: str = "Send the list") -> Commitment:
    agreement = standing_only(cast)
    return record_commitment(
        by=acting(cast.manager), agreement=agreement, what=what, owed_by=party(agreement),
        when=When("once", due_on=due_on),
    )  # fmt: skip


def test_all_of_a_week_is_one_e_mail_on_its_first_day(
    cast: Cast, due_on: date, mailbox: Mailbox
) -> None:
    first = recorded(cast, due_on)
    for number in range(1, 4):
        record_commitment(
            by=acting(cast.manager), agreement=first.agreement, what=f"Thing {number}",
            owed_by=party(first.agreement), when=When("once", due_on=due_on + timedelta(number)),
        )  # fmt: skip
    assert sweep(monday_of(due_on), mailbox) == [cast.manager.email]
    told = next(mail for mail in reversed(mailbox.all) if WEEKLY in mail.subject)
    assert told.body.count(f"- {OWED}") == 4
    assert "Send the list" not in told.body
    for day in range(1, 5):
        assert sweep(monday_of(due_on) + timedelta(days=day), mailbox) == []


def test_it_is_chased_while_it_is_late_and_then_left_alone(
    cast: Cast, due_on: date, mailbox: Mailbox
) -> None:
    made = recorded(cast, due_on)
    told = [sweep(monday_of(due_on) + timedelta(weeks=week), mailbox) for week in range(20)]
    assert [week for week, found in enumerate(told) if found] == [0, 1, 2, 4, 8, 12]
    with clock.at(clock.london_instant(due_on + timedelta(weeks=14), datetime.min.time())):
        time_passed()
    assert not Deadline.objects.still_open().filter(subject_key=f"commitment:{made.key}").exists()


def test_what_is_done_reminds_nobody_and_leaves_home(
    cast: Cast, client_of: ClientOf, due_on: date, mailbox: Mailbox
) -> None:
    made = recorded(cast, due_on)
    with clock.at(clock.london_instant(due_on, datetime.min.time())):
        home = client_of(cast.manager).get("/").content.decode()
        assert "Record what was done: Send the list" in home
        done(cast.manager, made, made.counts_from)
        assert "Send the list" not in client_of(cast.manager).get("/").content.decode()
    assert sweep(monday_of(due_on) + timedelta(weeks=1), mailbox) == []


def test_the_lead_is_told_in_the_place_of_the_manager_and_of_a_team_each_member(
    cast: Cast, due_on: date, mailbox: Mailbox
) -> None:
    made, by = recorded(cast, due_on), acting(cast.manager)
    when = When("once", due_on=due_on)
    lead = Lead(person_of(cast.colleague))
    change_commitment(by=by, commitment=made, edit_no=0, lead=lead, when=when)
    assert sweep(monday_of(due_on) - timedelta(weeks=1), mailbox) == [cast.colleague.email]
    team = Team.objects.create(
        organisation=cast.area_team, purpose="other", name="Payments", address="pay@moors.example"
    )
    for user in (cast.viewer, cast.secretary):
        TeamMember.objects.create(team=team, person=person_of(user), starts_on=date(2013, 4, 1))
    change_commitment(by=by, commitment=made, edit_no=1, lead=Lead(team=team), when=when)
    expected = sorted([cast.viewer.email, cast.secretary.email])
    assert sweep(monday_of(due_on), mailbox) == expected


def test_each_month_is_due_by_itself_once_the_one_before_is_over(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement = standing_only(cast)
    schedules = record_commitment(
        by=acting(cast.manager), agreement=agreement, what="Schedules", owed_by=party(agreement),
        when=When("monthly", by_financial_year=True),
    )  # fmt: skip
    subject = f"commitment:{schedules.key}"
    begins = date(clock.today().year + 1, 4, 1)
    for month in range(3):
        with clock.at(clock.london_instant(months_after(begins, month), datetime.min.time())):
            time_passed()
    found = Deadline.objects.still_open().filter(subject_key=subject)
    newest = found.latest("due_on")
    assert newest.occurrence == f"{months_after(begins, 2).isoformat()}-1"
    assert newest.due_on == months_after(begins, 3) - timedelta(days=1)
    assert found.count() <= 3


def test_a_standing_one_has_no_reminder_of_its_own(cast: Cast, mailbox: Mailbox) -> None:
    agreement = standing_only(cast)
    subject = f"commitment:{commitment(agreement).key}"
    assert not Deadline.objects.filter(subject_key=subject).exists()
