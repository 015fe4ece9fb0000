"""Kill -9, several senders, several beats: nothing is lost, and little is repeated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders
from house import clock
from mail.models import Delivery
from mail.sweep import LEASE, send_due
from tests.cast import Cast
from tests.deadlines.many import ringing_now
from tests.mail.sink import Sink

ROOT = Path(__file__).resolve().parents[2]
REDIS = os.environ.get("CELERY_BROKER_URL", "")
KILLS, MAILS, SEED = 25, 750, 20261125

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def environment(sink: Sink, folder: Path) -> dict[str, str]:
    """Another process works on this test's database and sends to this test's server."""
    database = connection.settings_dict
    return os.environ | {
        "MODE": "test",
        "VAR_FOLDER": str(folder),
        "DATABASE_URL": f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/"
        f"{database['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
    }


def test_senders_that_are_killed_lose_nothing(cast: Cast, sink: Sink, tmp_path: Path) -> None:
    print(f"Seed {SEED}")
    addresses = ringing_now(cast, MAILS)
    command = [sys.executable, "-m", "tests.deadlines.dying_senders", str(KILLS), str(SEED)]
    subprocess.run(command, cwd=ROOT, env=environment(sink, tmp_path), check=True, timeout=240)
    before = len(sink.received)
    with clock.at(clock.now() + LEASE):
        sweep_reminders(at_most=MAILS)
        send_due(at_most=MAILS)
    assert KILLS < before < MAILS, f"{before}: the senders were killed before or after their work."
    assert set(sink.addresses()) == addresses
    assert len(set(sink.ids())) == MAILS  # what came twice carries the same Message-ID
    assert len(sink.received) - MAILS <= KILLS
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.skipif(not REDIS.startswith("redis"), reason="Needs PostgreSQL and Redis.")
def test_two_workers_and_three_beats_send_each_e_mail_once(
    cast: Cast, sink: Sink, tmp_path: Path
) -> None:
    addresses = ringing_now(cast, 200)
    with running(environment(sink, tmp_path), "worker", "worker", "beat", "beat", "beat"):
        assert wait_until(lambda: len(sink.received) >= len(addresses))
        time.sleep(3)  # three beats more of three beats: nothing comes again
    assert sorted(sink.addresses()) == sorted(addresses)
    assert Counter(sink.ids()).most_common(1)[0][1] == 1


@contextmanager
def running(environment: dict[str, str], *parts: str) -> Iterator[None]:
    """Celery workers and beats of this test, as processes; a beat ticks each second."""
    command = [sys.executable, "-m", "tests.deadlines.bell_celery", *parts]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(done: Callable[[], bool], seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.1)
    return False
