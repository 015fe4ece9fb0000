"""Mail servers that fail in every way, for a while or with some addresses: nothing is lost."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from house import clock
from mail import silence
from mail.models import Delivery
from mail.services import delivery, queue_all
from mail.sweep import send_due
from tests.mail.sink import Sink
from tests.proof_plugin import Proof

pytestmark = pytest.mark.django_db
State = Delivery.State
Fails = Callable[[Sink, Any], None]
# However long the sweeps of some minutes take.
BEGIN = datetime(2026, 11, 27, 10, tzinfo=UTC)


def refuses_connections(sink: Sink, settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]


def answers_451(sink: Sink, settings: Any) -> None:
    sink.refuses_all = "451 try later"


def hangs(sink: Sink, settings: Any) -> None:
    sink.silent_at = "greeting"


def hangs_after_data(sink: Sink, settings: Any) -> None:
    sink.silent_at = "body"


def hangs_up_after_data(sink: Sink, settings: Any) -> None:
    sink.silent_at = "data"


def fails_at_tls(sink: Sink, settings: Any) -> None:
    settings.EMAIL_USE_TLS = sink.breaks_tls = True


FAILS: tuple[Fails, ...] = (
    refuses_connections, answers_451, hangs, hangs_after_data, hangs_up_after_data, fails_at_tls,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _answers_soon(sink: Sink, settings: Settings) -> Iterator[None]:
    settings.EMAIL_TIMEOUT = 0.2
    yield
    cache.clear()


def queued(number: int) -> None:
    with clock.at(BEGIN):
        queue_all(
            delivery(kind="greeting", address=f"a{n}@moors.example", context={}, dedupe=f"{n}")
            for n in range(number)
        )


def sweep(minute: int) -> None:
    """The sweep of that minute; the silence of the minute before is over."""
    cache.delete(silence._ASKED)
    with clock.at(BEGIN + timedelta(minutes=minute)):
        send_due()


@contextmanager
def failing(fails: Fails, sink: Sink, settings: Any) -> Iterator[None]:
    port = settings.EMAIL_PORT
    fails(sink, settings)
    yield
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = port, False
    sink.refuses_all, sink.silent_at, sink.breaks_tls = "", "", False


@pytest.mark.proof("F7")
@pytest.mark.parametrize("fails", FAILS)
def test_a_server_that_fails_for_three_minutes_gets_all_afterwards(
    fails: Fails, sink: Sink, settings: Settings, proof: Proof
) -> None:
    number = proof.size(small=9, full=500)
    queued(number)
    with failing(fails, sink, settings):
        for minute in range(3):
            sweep(minute)
    assert not Delivery.objects.filter(state=State.SENT).exists()
    for minute in range(3, 10):
        sweep(minute)
    lost, again = number - len(set(sink.ids())), len(sink.received) - number
    # Where the server twice took one without a word, the portal says "perhaps", and no more.
    perhaps = Delivery.objects.filter(state=State.MAYBE_SENT).count()
    sent = Delivery.objects.filter(state=State.SENT).count()
    proof.shows(
        f"{fails.__name__.replace('_', ' ')}: {number} e-mails, {lost} lost, {sent} sent, "
        f"{perhaps} perhaps sent, {again} came again under the same Message-ID",
        reached=not lost and sent + perhaps == number and again <= number,
    )


@pytest.mark.proof("F7")
def test_what_is_refused_for_good_is_shown_at_the_first_try(sink: Sink, proof: Proof) -> None:
    number = proof.size(small=9, full=500)
    queued(number)
    sink.refuses_all = "550 no such user"
    sweep(0)
    shown = Delivery.objects.filter(state=State.FAILED, attempts=1, last_error=sink.refuses_all)
    proof.shows(
        f"answers 550: {number} e-mails, {shown.count()} shown as failed after one try",
        reached=shown.count() == number,
    )


@pytest.mark.proof("F7")
def test_bad_addresses_delay_no_others_by_a_minute(sink: Sink, proof: Proof) -> None:
    """One in twenty is refused, put off, or makes the server hang."""
    number = proof.size(small=60, full=500)
    queued(number)
    bad = {f"a{n}@moors.example" for n in range(0, number, 20)}
    for place, address in enumerate(sorted(bad)):
        if place % 3 < 2:
            sink.refuses[address] = ("550 no such user", "451 try later")[place % 3]
        else:
            sink.hangs_at.add(Delivery.objects.get(address=address).message_id)
    before = monotonic()
    sweep(0)
    took = monotonic() - before
    others = Delivery.objects.exclude(address__in=bad).exclude(state=State.SENT).count()
    proof.shows(
        f"{len(bad)} bad addresses among {number}: {others} others not sent by the same sweep, "
        f"which took {took:.1f} s",
        reached=not others and took < 60,
    )
