from __future__ import annotations

from celery import shared_task

from mail.sweep import send_due


@shared_task
def send_due_mail() -> None:
    send_due()
