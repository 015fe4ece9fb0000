from __future__ import annotations

from celery import shared_task

from agreements.signing.services.sealing import seal_due


@shared_task
def seal_what_waits() -> None:
    seal_due()
