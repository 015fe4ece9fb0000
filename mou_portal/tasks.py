from __future__ import annotations

from celery import shared_task

from mou_portal import daily


@shared_task
def tell_administrators() -> None:
    daily.tell_administrators()
