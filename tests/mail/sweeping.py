"""Sending what waits in the outbox, at this or that moment, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

from house import clock
from mail.models import Delivery
from mail.sweep import send_due


def sweep(at: datetime | None = None) -> int:
    with clock.at(at or clock.now()):
        return send_due()


def minutes(number: int) -> datetime:
    return clock.now() + timedelta(minutes=number, seconds=5)


def fresh(delivery: Delivery) -> Delivery:
    delivery.refresh_from_db()
    return delivery


def content(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
