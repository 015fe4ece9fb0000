"""Sending: lease a row, send it, mark it.

A crash between sending and marking repeats one e-mail with the same Message-ID; marking first
would lose it (measured: 34 lost in 75 kills).
"""

from __future__ import annotations

import logging
import smtplib
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from house import clock
from mail import silence
from mail.connection import Line
from mail.holds import is_held
from mail.kinds import NotNeeded, NotYet, compose
from mail.models import Delivery
from mail.reading_ahead import Ahead, reading_ahead
from mail.rendering import as_email

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60)] + [timedelta(hours=1)] * 23
MOST_ATTEMPTS = len(WAITS) + 5


def send_due(*, at_most: int = 500, at: datetime | None = None) -> int:
    """Sends what is due now, over one connection. Returns how many e-mails went out.

    `at` sets what is due and what the e-mails call today; leases and retries keep to now. A server
    that says nothing is left to one sender, which stops too: the others have their hands free. None
    go after a restore, until an administrator releases them (record 0034).
    """
    sent = 0
    if is_held() or silence.is_left_alone():
        return sent
    with Line() as line, reading_ahead(at) as ahead:
        for _ in range(at_most):
            delivery = lease_next(at=at)
            if delivery is None:
                break
            sent += send_leased(delivery, line, ahead, at=at)
            if line.is_dead:
                break
    return sent


def lease_next(*, at: datetime | None = None) -> Delivery | None:
    """Takes one due row for this sender, or None. Two senders never hold the same row."""
    now = clock.now()
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        rows = Delivery.objects.select_for_update(skip_locked=skip)
        delivery = rows.takeable(at or now, now).first()
        if delivery is None:
            return None
        delivery.state = Delivery.State.LEASED
        delivery.lease_until = now + LEASE
        # Until it is marked, the row is due again when the lease ends.
        delivery.next_try = delivery.lease_until
        delivery.attempts += 1
        delivery.save(update_fields=["state", "lease_until", "next_try", "attempts"])
        return delivery


def send_leased(
    delivery: Delivery, line: Line, ahead: Ahead, *, at: datetime | None = None
) -> bool:
    """Sends one leased e-mail and marks what came of it. Returns whether it went out."""
    if delivery.attempts > MOST_ATTEMPTS:
        # Nobody marked the last attempts: each may have ended its process.
        _mark(delivery, Delivery.State.FAILED, last_error="It was tried too often.")
        return False
    try:
        with clock.at(at) if at else nullcontext():
            ahead.see_to(delivery)
            message = as_email(compose(delivery.kind, delivery.whole_context), delivery)
        message.message()  # what cannot be written as an e-mail says so here
    except NotNeeded:
        _mark(delivery, Delivery.State.CANCELLED)
        return False
    except NotYet as wait:
        _put_off(delivery, wait.until)
        return False
    except Exception as problem:
        # One message that cannot be made must never hold up the others.
        logger.exception("E-mail %s could not be composed", delivery.pk)
        _mark(delivery, Delivery.State.FAILED, last_error=f"Could not be composed: {problem!r}")
        return False
    return _hand_over(message, delivery, line)


def _hand_over(message: EmailMultiAlternatives, delivery: Delivery, line: Line) -> bool:
    try:
        message.connection = line.connection()
    except silence.Silent:
        _give_back(delivery)
        return False
    except OSError as problem:
        _try_later(delivery, f"No connection: {problem}")
        return False
    went_out = _send_now(message, delivery, line)
    if went_out:
        line.went_well()
    else:
        # Whatever was the matter with this one, the next begins anew.
        line.give_up()
    return went_out


def _send_now(message: EmailMultiAlternatives, delivery: Delivery, line: Line) -> bool:
    try:
        handed_over = message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as answer:
        _after_answer(delivery, answer)
        return False
    except OSError as problem:
        line.went_wrong(problem)
        _after_silence(delivery, f"The connection broke while sending: {problem}")
        return False
    except Exception as problem:
        # An address or a header that no e-mail can have: the server heard nothing of it, and
        # those behind it must not wait.
        logger.exception("E-mail %s could not be put into its form", delivery.pk)
        _mark(delivery, Delivery.State.FAILED, last_error=f"Could not be sent: {problem!r}")
        return False
    if not handed_over:
        _mark(delivery, Delivery.State.FAILED, last_error="There is no address to send it to.")
        return False
    _mark(delivery, Delivery.State.SENT, sent_at=clock.now())
    return True


def _give_back(delivery: Delivery) -> None:
    """As if it had not been taken: this sender did not try."""
    state = Delivery.State.MAYBE_SENT if delivery.silences else Delivery.State.WAITING
    _mark(delivery, state, attempts=delivery.attempts - 1, next_try=clock.now())


def _after_silence(delivery: Delivery, error: str) -> None:
    """The server may have taken it. Once more with the same Message-ID, then it stays "perhaps"."""
    first_time = delivery.silences == 0
    _mark(
        delivery,
        Delivery.State.MAYBE_SENT,
        last_error=error,
        silences=delivery.silences + 1,
        next_try=clock.now() + WAITS[0] if first_time else None,
    )


def _after_answer(
    delivery: Delivery, answer: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException
) -> None:
    code, words = (
        next(iter(answer.recipients.values()))
        if isinstance(answer, smtplib.SMTPRecipientsRefused)
        else (answer.smtp_code, answer.smtp_error)
    )
    text = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if 500 <= code < 600:
        _mark(delivery, Delivery.State.FAILED, last_error=text)
    else:
        _try_later(delivery, text)


def _put_off(delivery: Delivery, until: datetime) -> None:
    """It was not tried; what a server perhaps has of it stays perhaps."""
    state = Delivery.State.MAYBE_SENT if delivery.silences else Delivery.State.WAITING
    kept = {"last_error": delivery.last_error, "attempts": delivery.attempts - 1}
    _mark(delivery, state, next_try=until, **kept)


def _try_later(delivery: Delivery, error: str) -> None:
    if delivery.attempts > len(WAITS):
        _mark(delivery, Delivery.State.FAILED, last_error=error)
    else:
        wait = WAITS[delivery.attempts - 1]
        _mark(delivery, Delivery.State.WAITING, last_error=error, next_try=clock.now() + wait)


def _mark(delivery: Delivery, state: Delivery.State, **changes: Any) -> None:
    """Writes the outcome, unless another sender took the row over after our lease ended."""
    changes["last_error"] = changes.get("last_error", "")[:300]
    Delivery.objects.filter(pk=delivery.pk, state="leased", attempts=delivery.attempts).update(
        state=state, lease_until=None, **({"next_try": None} | changes)
    )
