"""A mail server that hangs holds one sender; the others, and what else workers do, go on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Thread
from time import monotonic

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django.fixtures import Settings

from mail import silence
from mail.models import Delivery
from mail.sweep import send_due
from tests.mail.conftest import queued
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture(autouse=True)
def _half_a_second(sink: Sink, settings: Settings) -> Iterator[None]:
    settings.EMAIL_TIMEOUT = 0.3
    yield
    cache.clear()


def queue(number: int) -> list[Delivery]:
    return [queued(f"a{n}@moors.example") for n in range(number)]


def seconds_of_a_sender() -> float:
    before = monotonic()
    send_due()
    return monotonic() - before


def the_wait_is_over() -> None:
    cache.delete(silence._ASKED)


def attempts() -> list[int]:
    return sorted(Delivery.objects.values_list("attempts", flat=True))


def test_a_sender_waits_once_and_the_next_ones_not_at_all(sink: Sink) -> None:
    queue(20)
    sink.silent_at = "greeting"
    assert 0.2 < seconds_of_a_sender() < 0.8
    assert seconds_of_a_sender() + seconds_of_a_sender() < 0.2
    assert sink.connections == 1
    # What nobody tried to send has lost none of its attempts.
    assert attempts() == [0] * 19 + [1]


def test_after_a_while_one_sender_asks_again_and_sends_all(sink: Sink) -> None:
    queue(3)
    sink.silent_at = "greeting"
    send_due()
    the_wait_is_over()
    send_due()
    assert sink.connections == 2
    sink.silent_at = ""
    the_wait_is_over()
    assert send_due() == 1  # the two that were tried wait for their minute
    assert not silence.is_left_alone()


def test_one_e_mail_at_which_the_server_hangs_holds_up_no_other(sink: Sink) -> None:
    first, *_ = queue(3)
    sink.hangs_at = {first.message_id}
    assert send_due() == 2
    first.refresh_from_db()
    assert first.state == State.MAYBE_SENT
    assert not silence.is_left_alone()


def test_a_server_that_hangs_at_each_is_left_after_two(sink: Sink) -> None:
    queue(9)
    sink.silent_at = "body"
    assert seconds_of_a_sender() < 1.2
    assert Delivery.objects.filter(state=State.MAYBE_SENT).count() == 2
    assert attempts() == [0] * 7 + [1] * 2
    assert silence.is_left_alone()


def test_one_that_refuses_is_not_taken_for_silent(sink: Sink) -> None:
    queue(3)
    for number in range(3):
        sink.refuses[f"a{number}@moors.example"] = "451 busy"
    send_due()
    assert attempts() == [1, 1, 1]
    assert not silence.is_left_alone()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_senders_at_once_one_waits_for_the_server(sink: Sink, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 1.5
    queue(2)
    sink.silent_at = "greeting"
    took = [0.0, 0.0]

    def sender(place: int) -> None:
        took[place] = seconds_of_a_sender()
        connection.close()

    threads = [Thread(target=sender, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sink.connections == 1
    assert min(took) < 1.3 < max(took)
    assert attempts() == [0, 1]


def test_a_sender_that_was_killed_while_it_asked_holds_nobody(sink: Sink) -> None:
    queue(3)
    killed = os.fork()
    if not killed:
        os._exit(0)
    os.waitpid(killed, 0)
    asked_by_the_dead = silence._this_sender().replace(str(os.getpid()), str(killed))
    cache.set(silence._ASKED, asked_by_the_dead, 60)
    assert seconds_of_a_sender() < 1
    assert len(sink.received) == 3


def test_a_sender_that_lives_and_asks_is_waited_for(sink: Sink) -> None:
    queue(1)
    cache.set(silence._ASKED, silence._this_sender(), 60)
    send_due()
    cache.set(silence._ASKED, "another-machine 1", 60)
    send_due()
    assert not sink.received
