from __future__ import annotations

from celery import shared_task

from agreements.emails.inbound.mailbox import look
from agreements.signing.services.sealing import seal_due

# Where many were signed at once, the worker's e-mails, with codes to sign by, come in between.
SECONDS = 30.0


@shared_task
def seal_what_waits() -> None:
    seal_due(seconds=SECONDS)


@shared_task
def look_into_mailbox() -> None:
    look()
