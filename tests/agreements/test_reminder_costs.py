"""What a reminder and its e-mails cost: the same for each, however many agreements there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from communications.models import Announcement
from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders, take_up
from house import clock
from mail.models import Delivery
from mail.sweep import send_due
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import DUE, on
from tests.cast import Cast
from tests.communications import desk

pytestmark = pytest.mark.django_db
# A savepoint and its end, the row that is leased, its mark, and what came of it.
SENDING = 5


def due_of(cast: Cast, kind: str, agreements: int) -> None:
    """Reminders of this kind alone are due, one for each agreement; nothing waits to be sent."""
    for number in range(1, agreements + 1):
        with_contacts(cast, number)
    if kind == "press_share_by":
        with clock.at(desk.NOW):
            desk.planned(cast, *Agreement.objects.order_by("reference"), hours=48)
    Reminder.objects.exclude(deadline__kind=kind).update(state=Reminder.State.NOT_NEEDED)
    Delivery.objects.all().delete()


def queries_to_take_up(number: int) -> float:
    """For one reminder, in batches as the sweep takes them."""
    with CaptureQueriesContext(connection) as asked:
        assert len(take_up(number)) == number
    return len(asked) / number


@pytest.mark.parametrize("agreements", [1, 10])
def test_a_reminder_of_a_review_costs_at_most_twelve_queries(cast: Cast, agreements: int) -> None:
    due_of(cast, "review", agreements)
    with on(DUE):
        Reminder.objects.filter(deadline__due_on=DUE).exclude(offset="days:0").update(
            state=Reminder.State.NOT_NEEDED
        )
        # A single one pays for what a batch reads together.
        assert queries_to_take_up(agreements) <= (12 if agreements > 1 else 24)


@pytest.mark.parametrize("agreements", [1, 10])
def test_one_of_an_announcement_costs_as_much_with_ten_agreements(
    cast: Cast, agreements: int
) -> None:
    due_of(cast, "press_share_by", agreements)
    with clock.at(desk.NOW + timedelta(hours=24)):
        Reminder.objects.exclude(offset="hours:0").update(state=Reminder.State.NOT_NEEDED)
        assert queries_to_take_up(agreements) <= (12 if agreements > 1 else 24)
    assert Announcement.objects.get().concerned.count() == agreements
    assert Delivery.objects.count() == Delivery.objects.distinct().values("address").count()


@pytest.mark.parametrize("agreements", [1, 10])
def test_what_e_mails_are_made_of_is_read_once_for_all(cast: Cast, agreements: int) -> None:
    due_of(cast, "review", agreements)
    with on(DUE):
        sweep_reminders()
        with CaptureQueriesContext(connection) as asked:
            sent = send_due()
    assert sent == 2 * agreements
    # Eight of these ask once a batch whether the mail server has fallen silent; one each whether
    # e-mails are held, for whom they are, who of them has an account, and whether today is a
    # working day.
    assert len(asked) - SENDING * sent <= 22
