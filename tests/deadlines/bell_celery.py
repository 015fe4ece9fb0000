"""The portal's Celery with the tests' room of bells, a queue of its own, and a beat each second.

    python -m tests.deadlines.bell_celery KILLS SEED worker worker beat beat

Django is loaded once; each worker and each beat is a fork of it, and ends with the group. So many
times a beat is killed (kill -9), while none to three of them are there; then there are as many as
were asked for, and the file `killed` in the VAR_FOLDER says so.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import django

django.setup()

from django.db import connections  # noqa: E402 - Django has to be there first

from house.rooms import register  # noqa: E402
from mou_portal.celery import app  # noqa: E402
from tests.deadlines.bell import Bells  # noqa: E402

WORKER = ["--pool", "solo", "--without-gossip", "--without-mingle"]


def main(kills: int, seed: int, *parts: str) -> None:
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
    # A Redis that says nothing is given up after a second, as the portal does after ten.
    app.conf.broker_transport_options |= {"socket_timeout": 1}
    app.loader.import_default_modules()
    connections.close_all()
    # It ends after the last of them, so that what they cost is counted.
    signal.signal(signal.SIGTERM, lambda *_: None)
    for number in range(parts.count("worker")):
        started("worker", *WORKER, "-n", f"bells{number}@%h")
    beats = kill_beats(kills, Random(seed))
    while len(beats) < parts.count("beat"):
        beats.append(started("beat"))
    Path(os.environ["VAR_FOLDER"], "killed").touch()
    with suppress(ChildProcessError):
        while True:
            os.wait()


def kill_beats(kills: int, moments: Random) -> list[int]:
    """Those that are left when so many were killed."""
    beats: list[int] = []
    while kills:
        wanted = moments.randint(0, 3)
        while len(beats) < wanted:
            beats.append(started("beat"))
        time.sleep(moments.uniform(0.2, 1))
        if beats:
            killed = beats.pop(moments.randrange(len(beats)))
            os.kill(killed, signal.SIGKILL)
            os.waitpid(killed, 0)
            kills -= 1
    return beats


def started(part: str, *options: str) -> int:
    process = os.fork()
    if not process:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        app.start([part, "--loglevel", "ERROR", *options])
        os._exit(0)
    return process


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
