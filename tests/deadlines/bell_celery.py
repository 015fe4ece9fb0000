"""The portal's Celery with the tests' room of bells, a queue of its own, and a beat each second."""

from __future__ import annotations

from datetime import timedelta

from celery.signals import beat_init, worker_init

from mou_portal.celery import app

app.conf.task_default_queue = "bells"
app.conf.beat_schedule = {
    "reminders": {
        "task": "deadlines.tasks.look_for_reminders",
        "schedule": timedelta(seconds=1),
    },
    "mail": {"task": "mail.tasks.send_due_mail", "schedule": timedelta(seconds=1)},
}
app.conf.beat_max_loop_interval = 1


@worker_init.connect
@beat_init.connect
def _ring(**_: object) -> None:
    from house.rooms import register
    from tests.deadlines.bell import Bells

    register(Bells())
