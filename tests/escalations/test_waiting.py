"""A disagreement waits: people are reminded, four times, and again after each move."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from escalations.services.settling import accept, withdraw
from house import clock
from house.clock import LONDON
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.disagreements import MANAGERS, RESPONSIBLE, at_managers, opened, proposed, up

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


def at(days: int, hour: int = 10) -> datetime:
    day = DAY + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def reminded(mailbox: Mailbox, days: int) -> dict[str, str]:
    """Address -> subject, of the reminders of disagreements on that day, each alone."""
    with clock.at(at(days, 8)):
        before = len(mailbox.all)
    with clock.at(at(days, 10)):
        sweep_reminders()
        told = [(mail.to[0], str(mail.subject)) for mail in mailbox.all[before:]]
    return {to: subject for to, subject in told if "isagreement" in subject}


def test_reminded_after_7_14_21_and_28_days_and_then_no_more(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(at(0)):
        opened(cast)
    dates = [days for days in range(1, 60) if reminded(mailbox, days)]
    assert dates == [7, 14, 21, 29]  # the 28th day is Easter Monday
    last = [
        mail for mail in mailbox.to(cast.colleague.email) if "has waited for you" in mail.subject
    ]
    assert last[-1].subject == (
        "Disagreement 1 has waited for you since 1 March 2027: with Eastmoor CCG, "
        "Working together (MOU-0001)"
    )
    body = str(last[-1].body)
    assert "It has been at the level “Working level” for 29 days (19 working days)." in body
    assert "This is the last reminder until something moves." in body
    assert "We remind people 7, 14, 21 and 28 days after the last move." in body
    assert "cannot be switched off" in body
    assert "last reminder" not in str(last[0].body)


def test_only_those_are_reminded_whose_turn_it_is(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(at(0)):
        disagreement = opened(cast)
    assert set(reminded(mailbox, 7)) == {cast.colleague.email, cast.other_colleague.email}
    with clock.at(at(8)):
        proposed(cast.colleague, disagreement)
    assert reminded(mailbox, 14) == {}
    assert set(reminded(mailbox, 15)) == {cast.other_colleague.email}
    told = mailbox.to(cast.other_colleague.email)[-1]
    assert "A proposal of the other side waits for your answer." in str(told.body)


def test_a_move_up_begins_anew_for_those_of_the_new_level(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(at(0)):
        disagreement = opened(cast)
    with clock.at(at(5)):
        up(cast.colleague, disagreement, MANAGERS)
    assert reminded(mailbox, 7) == {}
    assert reminded(mailbox, 12) == {}  # a Saturday
    assert set(reminded(mailbox, 14)) == {cast.manager.email, cast.other_manager.email}


def test_where_nobody_acts_the_manager_is_reminded_to_say_who(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(at(0)):
        up(cast.manager, at_managers(cast), RESPONSIBLE)
    told = reminded(mailbox, 7)
    waited = "Disagreement 1 has waited for your side since 1 March 2027: with Eastmoor CCG, "
    assert told[cast.manager.email].startswith(waited)
    body = str(mailbox.to(cast.manager.email)[-1].body)
    assert "Say who acts for you" in body


def test_it_ends_with_the_matter(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(at(0)):
        first = opened(cast)
        accept(by=acting(cast.other_colleague), proposal=proposed(cast.colleague, first))
        second = opened(cast, first.agreement, subject="Another")
        withdraw(by=acting(cast.colleague), disagreement=second, because="It can wait.")
    assert not any(reminded(mailbox, days) for days in (7, 14, 21, 28))
    states = Deadline.objects.filter(kind="escalation_waits").order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["met", "cancelled"]
