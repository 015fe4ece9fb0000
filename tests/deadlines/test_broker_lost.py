"""Redis dies, is emptied and hangs while reminders go out: none is lost, and pages do not wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.broker import Broker, ask_again, at_the_portal, needs_redis
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.deadlines.many import ringing_now
from tests.deadlines.running import bell_celery, environment, wait_until
from tests.mail.sink import Sink
from tests.proof_plugin import Proof

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), needs_redis]


@pytest.fixture
def broker(settings: Settings) -> Iterator[Broker]:
    with at_the_portal(settings) as broker:
        yield broker


@pytest.mark.proof("F5")
def test_a_redis_that_dies_is_emptied_or_hangs_loses_no_reminder(
    cast: Cast, client_of: ClientOf, sink: Sink, broker: Broker, tmp_path: Path, proof: Proof
) -> None:
    """A second stands for the minute between two ticks."""
    away, reminders = proof.size(small=3, full=60), proof.size(small=60, full=2_000)
    client, slowest = client_of(cast.manager), 0.0
    addresses = ringing_now(cast, reminders, over=3 * away + 5)
    said = environment(sink, tmp_path) | {"CELERY_BROKER_URL": broker.url}
    with bell_celery(said, tmp_path, "worker", "beat"):
        assert wait_until(lambda: bool(sink.received))
        for fails, returns in faults(broker):
            fails()
            slowest = max(slowest, seconds_of_pages(client))
            time.sleep(away)
            returns()
        before = time.monotonic()
        assert wait_until(lambda: addresses <= set(sink.addresses()), 300)
        took = time.monotonic() - before
    twice = len([to for to in sink.addresses() if to in addresses]) - len(addresses)
    proof.shows(
        f"dead, emptied, then hanging, {away} s each: of {reminders:,} reminders "
        f"{len(addresses - set(sink.addresses()))} lost, {twice} sent twice, all sent {took:.0f} s "
        f"after its return; pages answered within {slowest:.1f} s",
        reached=took <= 300 and not twice and slowest < 5,
    )


def faults(broker: Broker) -> list[tuple[Callable[[], None], Callable[[], None]]]:
    """What befalls it, and how it returns."""
    return [
        (broker.die, broker.come_back),
        (broker.lose_all, broker.lose_all),
        (broker.hang_at_work, broker.go_on),
    ]


def seconds_of_pages(client: Client) -> float:
    """Of a page, and of a form that queues an e-mail and tells a worker; the slower one."""
    ask_again()
    before = time.monotonic()
    assert client.get("/").status_code == 200
    between = time.monotonic()
    address = {"email": "maud.manager@moors.example"}
    assert Client().post("/account/password/reset/", address).status_code == 302
    return max(between - before, time.monotonic() - between)
