from __future__ import annotations

from celery import shared_task

from jobs.sweep import work_due


@shared_task
def work_on_jobs() -> None:
    work_due()
