"""An action reminds its owner, the MoU manager too once it is late, and nobody once it is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from commitments.models import Action
from commitments.services.changing import answer_action, change_action, close_action
from deadlines.models import Deadline
from deadlines.queries import lines_about
from deadlines.sweep import sweep_reminders
from house import clock
from house.answers import Todo
from parties.models import Absence, User
from tests.cast import Cast, acting, person_of
from tests.commitments.stage import WHAT, agreement_of, recorded, side
from tests.conftest import ClientOf, Mailbox
from tests.reading import words, words_at
from tests.weeks import ordinary_day, working_day


@pytest.fixture
def due_on() -> date:
    return ordinary_day(clock.today() + timedelta(days=30), -7, 7, 14, 21)


@pytest.fixture
def action(cast: Cast, due_on: date) -> Action:
    """For the colleague to do."""
    ours = side(agreement_of(cast))
    return recorded(cast.manager, ours, person=person_of(cast.colleague), due_on=due_on)


def sweep(day: date, mailbox: Mailbox) -> list[tuple[str, str]]:
    """Who gets what subject on a day."""
    before = len(mailbox.all)
    with clock.at(datetime(day.year, day.month, day.day, 10, tzinfo=clock.LONDON)):
        sweep_reminders()
        return [(mail.to[0], str(mail.subject)) for mail in mailbox.all[before:]]


def test_its_owner_is_reminded_a_week_before_and_on_the_day(
    cast: Cast, action: Action, due_on: date, mailbox: Mailbox
) -> None:
    week_before = sweep(due_on - timedelta(days=7), mailbox)
    assert [to for to, _ in week_before] == [cast.colleague.email]
    assert "Do action 1, due" in week_before[0][1]
    assert sweep(due_on - timedelta(days=1), mailbox) == []
    ((to, subject),) = sweep(due_on, mailbox)
    assert (to, subject) == (
        cast.colleague.email,
        "Do action 1, due today: with Eastmoor CCG, Working together (MOU-0001)",
    )  # fmt: skip
    body = mailbox.all[-1].body
    assert WHAT not in body
    assert "Why you get this: action 1 is yours, for Northern Moors Area Team." in body
    assert "Change what we send you" in body


def test_the_mou_manager_is_told_too_once_it_is_two_weeks_late(
    cast: Cast, action: Action, due_on: date, mailbox: Mailbox
) -> None:
    told = sweep(due_on + timedelta(days=7), mailbox)
    assert {to for to, _ in told} == {cast.colleague.email}
    told = sweep(due_on + timedelta(days=14), mailbox)
    assert {to for to, _ in told} == {cast.colleague.email, cast.manager.email}
    assert all("late since" in subject for _, subject in told)
    assert "It is with Colin Colleague." in mailbox.to(cast.manager.email)[-1].body


def test_late_ones_come_weekly_three_times_then_monthly_for_half_a_year(
    cast: Cast, action: Action, due_on: date, mailbox: Mailbox
) -> None:
    told = {n: sweep(due_on + timedelta(days=n), mailbox) for n in range(260)}
    days = [n for n, mails in told.items() if any("Do action 1" in subject for _, subject in mails)]
    assert days[:4] == [0, 7, 14, 21]
    assert len(days) == 10
    assert all(26 <= later - sooner <= 33 for sooner, later in pairwise(days[4:]))
    assert all(working_day(day) == day for day in (due_on + timedelta(days=n) for n in days))


def test_nobody_is_reminded_of_what_is_done(
    cast: Cast, action: Action, due_on: date, mailbox: Mailbox
) -> None:
    close_action(by=acting(cast.colleague), action=action, as_what="done")
    assert sweep(due_on, mailbox) == []
    assert Deadline.objects.get(kind="action").state == Deadline.State.MET


def test_nobody_is_reminded_of_what_the_owner_disputes(cast: Cast, mailbox: Mailbox) -> None:
    on = clock.today() + timedelta(days=30)
    theirs = recorded(cast.manager, side(agreement_of(cast), "ccg"), due_on=on)
    answer_action(by=acting(cast.other_manager), action=theirs, agrees=False, because="No.")
    assert sweep(on, mailbox) == []


def test_a_moved_date_reminds_anew(
    cast: Cast, action: Action, due_on: date, mailbox: Mailbox
) -> None:
    sweep(due_on - timedelta(days=7), mailbox)
    later = ordinary_day(due_on + timedelta(days=30), -7)
    change_action(
        by=acting(cast.manager), action=action, edit_no=0, what=WHAT, owner=action.owner,
        person=action.person, due_on=later,
    )  # fmt: skip
    assert sweep(due_on, mailbox)[-1:] == []
    assert len(sweep(later - timedelta(days=7), mailbox)) == 1


def test_somebody_away_is_stood_in_for(
    cast: Cast, action: Action, due_on: date, mailbox: Mailbox
) -> None:
    Absence.objects.create(person=person_of(cast.colleague), starts_on=due_on, ends_on=due_on)
    ((to, _),) = sweep(due_on, mailbox)
    assert to == cast.manager.email


def actions_for(reader: User) -> list[Todo]:
    """The lines of actions that stand under the first agreement."""
    found = lines_about(acting(reader), ["MOU-0001"], most=9)
    return [todo for todo in found if todo.kind == "action"]


def test_the_home_page_has_it_for_each_reader(cast: Cast, action: Action, due_on: date) -> None:
    (own,) = actions_for(cast.colleague)
    assert (own.sentence, own.waits_for, own.due_on) == (f"Do action 1: {WHAT}", "", due_on)
    (others,) = actions_for(cast.other_viewer)
    assert others.waits_for == "Colin Colleague, Northern Moors Area Team"
    assert actions_for(cast.stranger) == []
    assert not Deadline.objects.visible_to(acting(cast.stranger)).exists()


def test_beside_its_date_an_action_stands_by_its_words(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_of(cast)
    recorded(cast.manager, side(agreement, "area_team"), due_on=clock.today() + timedelta(days=9))
    page = words(client_of(cast.viewer), agreement)
    assert f"What Do action 1: {WHAT}" in page.split("The MoU year")[1]
    listed = words_at(client_of(cast.viewer), "/agreements/")
    assert "Next date Action due" in listed
