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
from tests.proof_plugin import Proof

ROOT = Path(__file__).resolve().parents[2]
REDIS = os.environ.get("CELERY_BROKER_URL", "")

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


@pytest.mark.proof("F1")
def test_senders_that_are_killed_lose_nothing(
    cast: Cast, sink: Sink, tmp_path: Path, proof: Proof
) -> None:
    kills, mails = proof.size(small=25, full=200), proof.size(small=750, full=5000)
    addresses = ringing_now(cast, mails)
    command = [sys.executable, "-m", "tests.deadlines.dying_senders", str(kills), str(proof.seed)]
    subprocess.run(command, cwd=ROOT, env=environment(sink, tmp_path), check=True, timeout=900)
    before = len(sink.received)
    assert kills < before < mails, f"{before}: the senders were killed before or after their work."
    with clock.at(clock.now() + LEASE):
        sweep_reminders(at_most=mails)
        send_due(at_most=mails)
    lost, twice = addresses - set(sink.addresses()), len(sink.received) - mails
    ids = len(set(sink.ids()))  # what came twice carries the same Message-ID
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}
    proof.shows(
        f"{mails:,} e-mails, {kills} kills: {len(lost)} lost, {twice} came twice; {ids:,} IDs",
        reached=not lost and twice <= kills and ids == mails,
    )


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
