"""A reminder that failed five times, and is taken up again when its cause is mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.models import Entry
from deadlines.models import Reminder
from deadlines.sweep import MOST_ATTEMPTS, WAIT, sweep_reminders
from house import clock
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.deadlines.bell import Bells
from tests.deadlines.ringing import DUE, bell, london

pytestmark = pytest.mark.django_db
FIRST = london(DUE - timedelta(days=28))


def test_a_system_administrator_lets_it_be_taken_up_again(
    cast: Cast, client_of: ClientOf, bells: Bells
) -> None:
    with clock.at(FIRST - timedelta(days=60)):
        bell(cast, schedule=["days:-28"])
    bells.broken = ZeroDivisionError()
    for attempt in range(MOST_ATTEMPTS):
        with clock.at(FIRST + (WAIT + timedelta(seconds=1)) * attempt):
            sweep_reminders()
    failed = Reminder.objects.get(state="failed")
    bells.broken = None
    with clock.at(FIRST + timedelta(hours=3)):
        answer = client_of(cast.system_administrator).post(
            "/admin/deadlines/reminder/",
            {"action": "take_up_again", "_selected_action": [failed.pk]},
            follow=True,
        )
        assert "1 of 1 marked are pending again." in answer.content.decode()
        sweep_reminders()
    assert Reminder.objects.get().state == "sent"
    entry = Entry.objects.get(verb="took up a reminder again")
    assert entry.actor == cast.system_administrator


def test_one_that_has_not_failed_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    bell(cast, schedule=["days:-30"])
    reminder = Reminder.objects.get()
    answer = client_of(cast.system_administrator).post(
        "/admin/deadlines/reminder/",
        {"action": "take_up_again", "_selected_action": [reminder.pk]},
        follow=True,
    )
    assert "0 of 1 marked are pending again." in answer.content.decode()
    assert not Entry.objects.filter(verb="took up a reminder again").exists()
