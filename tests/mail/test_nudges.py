"""A worker is asked to look at once; nothing rests on it, and nobody waits for a broker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from time import monotonic
from typing import Any

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from agreements.signing.services.in_force import SEALER
from house.nudges import LEFT_ALONE, _Broker, broker_answers, nudge
from mail.models import Delivery
from mail.services import SENDER
from mou_portal.celery import app
from tests.broker import Broker, ask_again, at_the_portal, needs_redis
from tests.mail.conftest import queued

pytestmark = [pytest.mark.django_db, needs_redis]
Committed = Any  # django_capture_on_commit_callbacks


@pytest.fixture
def broker(settings: Settings) -> Iterator[Broker]:
    with at_the_portal(settings) as broker:
        yield broker


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> AbstractContextManager[Any]:
    """What stands in it is a transaction of its own, as a page's is."""
    capture: AbstractContextManager[Any] = django_capture_on_commit_callbacks(execute=True)
    return capture


def test_each_task_that_is_nudged_exists() -> None:
    app.loader.import_default_modules()
    assert {SENDER, SEALER} <= set(app.tasks)


def test_one_transaction_nudges_once_for_each_task(broker: Broker, committed: Committed) -> None:
    with committed:
        for number in range(6):
            queued(f"a{number}@moors.example")
        nudge(SEALER)
        nudge(SEALER)
    assert broker.nudges() == 2


def test_what_was_rolled_back_nudges_nobody(broker: Broker, committed: Committed) -> None:
    with committed:
        with transaction.atomic():
            queued("a@moors.example")
            transaction.set_rollback(True)
        assert broker.nudges() == 0
        queued("b@moors.example")
    assert broker.nudges() == 1


def test_a_broker_that_hangs_holds_a_transaction_for_less_than_a_second(
    broker: Broker, committed: Committed
) -> None:
    """However much it said, and with a connection that was open already as with a new one."""
    assert broker_answers()
    broker.hang()
    before = monotonic()
    with committed:
        for number in range(6):
            queued(f"a{number}@moors.example")
        nudge(SEALER)
    assert monotonic() - before < 1
    assert Delivery.objects.count() == 6


def test_one_that_failed_is_left_alone_and_then_nudged_again(broker: Broker) -> None:
    broker.hang()
    assert not broker_answers()
    before = monotonic()
    for _ in range(100):
        nudge(SENDER)
        with transaction.atomic():
            assert not broker_answers()
    assert monotonic() - before < 0.3
    assert LEFT_ALONE <= _Broker.asked_again_at - before + 1 <= LEFT_ALONE + 1
    broker.go_on()
    ask_again()
    assert broker_answers()


def test_no_broker_at_all_is_no_problem(settings: Settings, committed: Committed) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    ask_again()
    with committed:
        queued()
    assert not broker_answers()
    ask_again()
