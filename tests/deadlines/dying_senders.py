"""Senders that are killed (kill -9) again and again while they work. Run as a program of its own:

    python -m tests.deadlines.dying_senders KILLS SEED

Django is loaded once; each sender is a fork of it, so that it works from its first moment on.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import connections  # noqa: E402 - Django has to be there first

from deadlines.sweep import sweep_reminders  # noqa: E402
from house.rooms import register  # noqa: E402
from mail.sweep import send_due  # noqa: E402
from tests.deadlines.bell import Bells  # noqa: E402


def main(kills: int, seed: int) -> None:
    register(Bells())
    # The first e-mail loads half of the portal: each sender would die over that.
    sweep_reminders(at_most=1)
    send_due(at_most=1)
    moments = random.Random(seed)
    for _ in range(kills):
        connections.close_all()
        rounds, says = os.pipe()
        sender = os.fork()
        if not sender:
            work(says)
        os.close(says)
        # However busy the machine is: each has sent something, and is about to send more.
        for _ in range(moments.randint(1, 3)):
            os.read(rounds, 1)
        time.sleep(moments.uniform(0, 0.2))
        os.kill(sender, signal.SIGKILL)
        os.waitpid(sender, 0)
        os.close(rounds)


def work(says: int) -> None:
    """Takes up and sends until it is killed. Says a byte after each round."""
    while True:
        sweep_reminders(at_most=5)
        send_due(at_most=5)
        os.write(says, b".")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
