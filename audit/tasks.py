from __future__ import annotations

from celery import shared_task

from audit.chain import link_new_entries


@shared_task
def link_entries() -> None:
    link_new_entries()
