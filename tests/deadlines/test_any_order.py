"""Whatever is set, moved, met or cancelled in whatever order, and wherever a sweep dies: each
reminder that came due makes one e-mail for each recipient, and no other reminder makes any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.holidays import bank_holidays
from deadlines.models import Deadline, DigestLine, Reminder
from deadlines.rules.working_hours import is_open, next_morning
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from deadlines.sweep import sweep_reminders, take_up
from house import clock
from mail.models import Delivery
from tests.cast import Cast, person_of
from tests.deadlines.ringing import london

pytestmark = pytest.mark.django_db
START = date(2027, 3, 20)  # a week before the clocks change
KEYS = ("a", "b")

keys = st.sampled_from(KEYS)
moves = st.tuples(st.just("set"), keys, st.integers(-5, 40))
closes = st.tuples(st.sampled_from(["meet", "cancel"]), keys, st.just(0))
waits = st.tuples(st.just("wait"), st.just(""), st.integers(1, 12 * 24))
sweeps = st.tuples(st.sampled_from(["sweep", "die"]), st.just(""), st.just(0))
lives = st.lists(st.one_of(moves, closes, waits, sweeps), min_size=5, max_size=40)


class Killed(BaseException):
    """Stands for kill -9: nothing of the open transaction stays."""


@contextmanager
def one_life() -> Iterator[None]:
    """What happens in it is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def die_in_the_middle() -> None:
    """A sweep whose process ends after it took a reminder up and before its commit."""
    try:
        with transaction.atomic():
            take_up(3)
            raise Killed
    except Killed:
        pass


def act(name: str, key: str, number: int, now: datetime, cast: Cast) -> datetime:
    if name == "set":
        set_deadline(
            kind="bell",
            subject_key=key,
            due_on=START + timedelta(days=number),
            schedule=["days:-7", "days:-1", "days:0", "days:+7", "monthly"],
            holders=[For(cast.area_team, person=person_of(cast.manager))],
        )
    elif name == "wait":
        return now + timedelta(hours=number)
    elif name == "die":
        die_in_the_middle()
    elif name == "sweep":
        sweep_reminders()
    else:
        close = meet_deadline if name == "meet" else cancel_deadline
        close(kind="bell", subject_key=key)
    return now


@given(lives)
@settings(max_examples=60, deadline=None)
def test_each_reminder_that_came_due_is_told_once(life: list[tuple[str, str, int]]) -> None:
    with one_life():
        cast, now = Cast(), london(START, 8)
        for name, key, number in life:
            with clock.at(now):
                now = act(name, key, number, now, cast)
        with clock.at(now):
            sweep_reminders()
        check(now)
        with clock.at(morning := next_morning(now, bank_holidays())):
            sweep_reminders()
        check(morning)
        # On a working morning nothing that was held is held any longer.
        assert not Reminder.objects.filter(state="pending", send_at__lte=morning).exists()


def check(now: datetime) -> None:
    told = Reminder.objects.filter(state="sent").select_related("deadline")
    # Each in an e-mail of its own, or as a line of one that a working day has.
    alone = Delivery.objects.filter(kind="reminder")
    made = [each.context["reminder"] for each in alone]
    made += DigestLine.objects.values_list("reminder", flat=True)
    assert sorted(made) == sorted(each.pk for each in told)
    days = Delivery.objects.filter(kind="digest").values_list("context__day", flat=True)
    assert sorted(days) == sorted({str(each.day) for each in DigestLine.objects.all()})
    # Nothing that may go and still holds waits after a sweep, and none was told before its time or
    # out of working hours.
    assert not Reminder.objects.filter(state="pending", next_try__lte=now).exists()
    assert all(r.taken_up_at and r.taken_up_at >= r.send_at for r in told)
    assert all(r.taken_up_at and is_open(r.taken_up_at, bank_holidays()) for r in told)
    for reminder in Reminder.objects.filter(state="collapsed"):
        assert _told_with_a_later_one(reminder)
    closed = Deadline.objects.exclude(state="open")
    assert not Reminder.objects.filter(deadline__in=closed, state="pending").exists()


def _told_with_a_later_one(reminder: Reminder) -> bool:
    same = Reminder.objects.filter(deadline=reminder.deadline, generation=reminder.generation)
    at_once = Q(send_at=reminder.send_at, pk__gt=reminder.pk)
    later = same.filter(Q(send_at__gt=reminder.send_at) | at_once)
    return later.exclude(state__in=["skipped", "failed"]).exists()
