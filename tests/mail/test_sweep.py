"""Sending against a real SMTP server: nothing lost, little repeated, nobody held up."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from audit.models import Entry
from house import clock
from mail.models import Delivery
from mail.services import leave, queue_mail, send_again
from mail.sweep import WAITS, send_due
from tests.cast import Cast, user
from tests.mail.conftest import queued
from tests.mail.sink import Sink
from tests.mail.sweeping import content, fresh, minutes, sweep

pytestmark = pytest.mark.django_db
State = Delivery.State


# --- Taken ----------------------------------------------------------------------------------


def test_an_e_mail_goes_out_as_text_and_html(sink: Sink) -> None:
    user("Ada")
    delivery = queued("ada@moors.example")
    assert sweep() == 1
    mail = sink.received[0]
    assert mail["subject"] == "Westmoor CCG: review due (MOU-0142)"
    assert mail["message-id"] == delivery.message_id
    assert mail["auto-submitted"] == "auto-generated"
    text = content(mail, "plain")
    assert "Open the agreement:\nhttp://127.0.0.1:8000/agreements/MOU-0142/" in text
    assert "Why you get this: you are MoU manager" in text
    html = content(mail, "html")
    assert "&lt;b&gt;yours&lt;/b&gt; &amp; mine" in html
    assert fresh(delivery).state == State.SENT
    assert delivery.sent_at is not None


def test_what_was_sent_is_not_sent_again(sink: Sink) -> None:
    queued()
    assert (sweep(), sweep(), sweep(minutes(600))) == (1, 0, 0)


def test_the_same_reason_sends_once(sink: Sink) -> None:
    for _ in range(3):
        queue_mail(kind="greeting", address="ada@moors.example", context={}, dedupe="one")
    assert sweep() == 1


def test_what_is_not_needed_any_more_is_not_sent(sink: Sink) -> None:
    delivery = queued(kind="not needed")
    assert sweep() == 0
    assert fresh(delivery).state == State.CANCELLED
    assert sink.received == []


def test_what_is_put_off_waits_until_then_and_was_not_tried(sink: Sink) -> None:
    morning = minutes(600).replace(microsecond=0)
    context = {"until": morning.isoformat()}
    queue_mail(kind="not yet", address="ada@moors.example", context=context, dedupe="one")
    assert sweep() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.next_try, delivery.attempts) == (State.WAITING, morning, 0)
    assert (sweep(minutes(590)), sweep(morning)) == (0, 1)
    assert fresh(delivery).attempts == 1


def test_what_will_be_due_goes_when_it_is_asked_for_then(sink: Sink) -> None:
    """`manage.py send_reminders --at`: what is due is set, leases and retries keep to now."""
    later = minutes(600)
    queue_mail(
        kind="greeting", address="ada@moors.example", context={}, dedupe="one", not_before=later
    )
    assert send_due() == 0
    assert send_due(at=later) == 1
    assert len(sink.received) == 1


def test_a_message_id_ends_with_the_domain_of_the_sender(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "The portal <portal@sender.example>"
    assert queued().message_id.endswith("@sender.example>")


# --- Not taken ------------------------------------------------------------------------------


def test_a_server_that_is_busy_is_asked_again_later(sink: Sink) -> None:
    delivery = queued()
    sink.refuses["ada@moors.example"] = "451 try later"
    assert sweep() == 0
    assert fresh(delivery).state == State.WAITING
    assert delivery.last_error == "451 try later"
    assert sweep() == 0
    assert fresh(delivery).attempts == 1
    sink.refuses.clear()
    assert sweep(minutes(1)) == 1
    assert sink.ids() == [delivery.message_id]


def test_the_waits_grow_and_end_after_a_day(sink: Sink) -> None:
    delivery = queued()
    sink.refuses["ada@moors.example"] = "451 try later"
    now = clock.now()
    for wait in WAITS:
        sweep(now)
        assert fresh(delivery).state == State.WAITING
        assert delivery.next_try == now + wait
        now += wait
    sweep(now)
    assert fresh(delivery).state == State.FAILED
    assert timedelta(hours=24) <= sum(WAITS, timedelta()) <= timedelta(hours=26)


def test_an_address_that_does_not_exist_fails_and_holds_up_nobody(sink: Sink) -> None:
    bad = queued("gone@moors.example")
    queued("ada@moors.example")
    sink.refuses["gone@moors.example"] = "550 no such user"
    assert sweep() == 1
    assert fresh(bad).state == State.FAILED
    assert bad.last_error == "550 no such user"
    assert sink.addresses() == ["ada@moors.example"]


@pytest.mark.parametrize("address", ["a@moors.example\nBcc: b@evil.example", "ä b@@x", ""])
def test_an_address_that_is_none_fails_and_holds_up_nobody(address: str, sink: Sink) -> None:
    bad = queued(address)
    queued("ada@moors.example")
    assert sweep() == 1
    assert fresh(bad).state != State.SENT
    assert sink.addresses() == ["ada@moors.example"]


@pytest.mark.parametrize("kind", ["broken", "unknown"])
def test_an_e_mail_that_cannot_be_made_holds_up_nobody(kind: str, sink: Sink) -> None:
    broken = queued(kind=kind)
    queued("zoe@moors.example")
    assert sweep() == 1
    assert fresh(broken).state == State.FAILED
    assert "Could not be composed" in broken.last_error


def test_no_server_is_no_loss(sink: Sink, settings: Settings) -> None:
    delivery = queued()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        assert sweep() == 0
    assert fresh(delivery).state == State.WAITING
    assert delivery.last_error.startswith("No connection")
    settings.EMAIL_PORT = sink.port
    assert sweep(minutes(1)) == 1


# --- Perhaps taken --------------------------------------------------------------------------


def test_silence_after_the_e_mail_repeats_it_once_with_the_same_id(sink: Sink) -> None:
    delivery = queued()
    sink.silent_at = "data"
    sweep()
    assert fresh(delivery).state == State.MAYBE_SENT
    sweep(minutes(1))
    sweep(minutes(100))
    assert sink.ids() == [delivery.message_id] * 2
    assert fresh(delivery).state == State.MAYBE_SENT
    assert delivery.next_try is None


# --- What a person does about it ------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "grace@moors.example"])
def test_one_that_did_not_arrive_is_sent_again_as_if_it_were_new(
    address: str, sink: Sink, cast: Cast
) -> None:
    sink.refuses["ada@moors.example"] = "550 no such user"
    failed = queued()
    sweep()
    sink.refuses.clear()
    of = cast.ccg.pk
    elsewhere = {"address": address} if address else {}
    send_again(actor=cast.manager, organisation_id=of, delivery=fresh(failed), **elsewhere)
    assert (fresh(failed).state, failed.attempts, failed.last_error) == (State.WAITING, 0, "")
    assert (sweep(), sink.addresses()) == (1, [address or "ada@moors.example"])
    entry = Entry.objects.get(verb="sent an e-mail again")
    assert (entry.organisation_id, entry.object_id) == (of, str(failed.pk))


def test_one_that_is_not_needed_any_more_is_left(sink: Sink, cast: Cast) -> None:
    """Also where it would have been tried once more."""
    doubted = queued()
    Delivery.objects.update(state=State.MAYBE_SENT)
    of = cast.ccg.pk
    leave(actor=cast.manager, organisation_id=of, delivery=fresh(doubted))
    assert (fresh(doubted).state, doubted.next_try) == (State.CANCELLED, None)
    assert sweep(minutes(600)) == 0
    entry = Entry.objects.get(verb="gave up an e-mail")
    assert (entry.organisation_id, entry.actor) == (of, cast.manager)
