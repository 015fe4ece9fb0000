from __future__ import annotations

from celery import shared_task

from deadlines.sweep import sweep_reminders


@shared_task
def look_for_reminders() -> None:
    sweep_reminders()
