from __future__ import annotations

from celery import shared_task

from deadlines.sweep import sweep_reminders
from mail.sweep import send_due


@shared_task
def look_for_reminders() -> None:
    if sweep_reminders():
        send_due()
