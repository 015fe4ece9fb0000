"""The portal's Celery with the tests' room of bells, a queue of its own, and a beat each second.

    python -m tests.deadlines.bell_celery worker worker beat beat

Django is loaded once; each worker and each beat is a fork of it, and ends with the group.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta

import django

django.setup()

from django.db import connections  # noqa: E402 - Django has to be there first

from house.rooms import register  # noqa: E402
from mou_portal.celery import app  # noqa: E402
from tests.deadlines.bell import Bells  # noqa: E402

WORKER = ["--pool", "solo", "--without-gossip", "--without-mingle"]


def main(*parts: str) -> None:
    register(Bells())
    app.conf.task_default_queue = "bells"
    app.conf.beat_schedule = {
        name: {"task": task, "schedule": timedelta(seconds=1)}
        for name, task in {
            "reminders": "deadlines.tasks.look_for_reminders",
            "mail": "mail.tasks.send_due_mail",
        }.items()
    }
    app.conf.beat_max_loop_interval = 1
    app.loader.import_default_modules()
    connections.close_all()
    for number, part in enumerate(parts):
        if not os.fork():
            app.start([part, "--loglevel", "ERROR", *options(part, number)])
            os._exit(0)
    # It ends after the last of them, so that what they cost is counted.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for _ in parts:
        os.wait()


def options(part: str, number: int) -> list[str]:
    if part == "worker":
        return [*WORKER, "-n", f"bells{number}@%h"]
    return ["--schedule", f"{os.environ['VAR_FOLDER']}/beat-{number}"]


if __name__ == "__main__":
    main(*sys.argv[1:])
