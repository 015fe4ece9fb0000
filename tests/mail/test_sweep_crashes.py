"""Senders that crash, are slow, or are many: each e-mail goes out, and goes out once."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection

from house import clock
from mail.kinds import compose
from mail.models import Delivery
from mail.rendering import as_email
from mail.sweep import LEASE, MOST_ATTEMPTS, lease_next, send_due
from tests.mail.conftest import queued
from tests.mail.sink import Sink
from tests.mail.sweeping import fresh, sweep

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
State = Delivery.State


def test_a_crash_between_sending_and_marking_repeats_it_once_with_the_same_id(
    sink: Sink,
) -> None:
    delivery = lease_of(queued())
    as_email(compose(delivery.kind, delivery.context), delivery).send()
    assert sweep() == 0
    assert sweep(clock.now() + LEASE) == 1
    assert sweep(clock.now() + 2 * LEASE) == 0
    assert sink.ids() == [delivery.message_id] * 2


def test_a_sender_whose_lease_ended_does_not_overwrite_the_next_one(sink: Sink) -> None:
    from mail.sweep import _mark

    slow = lease_of(queued())
    sweep(clock.now() + LEASE)
    _mark(slow, State.FAILED, last_error="too late")
    assert fresh(slow).state == State.SENT


def test_an_e_mail_that_always_kills_its_sender_is_given_up(sink: Sink) -> None:
    delivery = queued()
    now = clock.now()
    for _ in range(MOST_ATTEMPTS):
        with clock.at(now):
            lease_next()
        now += LEASE
    sweep(now)
    assert fresh(delivery).state == State.FAILED
    assert sink.received == []


def lease_of(delivery: Delivery) -> Delivery:
    leased = lease_next()
    assert leased == delivery
    return leased


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_e_mail_once(sink: Sink) -> None:
    for number in range(60):
        queued(f"a{number}@moors.example")

    def send() -> None:
        send_due()
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sink.received) == 60
    assert len(set(sink.ids())) == 60
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
