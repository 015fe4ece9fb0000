"""A real worker, a real broker: what a service decides is done by another process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from house import clock
from mail.models import Delivery
from mail.services import queue_mail
from mail.tasks import send_due_mail
from mou_portal.celery import app
from tests.cast import Cast

HOW = ("--pool", "solo", "--loglevel", "ERROR")
ROOT = Path(__file__).resolve().parents[2]
REDIS = os.environ.get("CELERY_BROKER_URL", "")

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not REDIS.startswith("redis"), reason="Needs PostgreSQL and Redis."),
]


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Path]:
    """A Celery worker on this test's database; gives the folder that its e-mails go to."""
    database = connection.settings_dict
    environment = os.environ | {
        "MODE": "test",
        "VAR_FOLDER": str(tmp_path),
        "DATABASE_URL": f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/"
        f"{database['NAME']}",
        "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}",
        "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
    }
    command = [sys.executable, "-m", "celery", "--app", "mou_portal", "worker"]
    app.control.purge()  # what other tests nudged about
    process = subprocess.Popen([*command, *HOW], cwd=ROOT, env=environment)
    yield tmp_path / "mail"
    process.terminate()
    process.wait(timeout=20)


def wait_until(done: Callable[[], bool], seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.2)
    return False


def test_a_worker_sends_what_a_service_queued(cast: Cast, worker: Path) -> None:
    with transaction.atomic():
        queue_mail(
            kind="password_reset",
            address=cast.manager.email,
            context={"user": cast.manager.pk, "asked_at": clock.now().isoformat()},
            dedupe="worker-test",
        )
    send_due_mail.apply_async()
    delivery = Delivery.objects.get(dedupe="worker-test")
    assert wait_until(lambda: Delivery.objects.get(pk=delivery.pk).state == "sent")
    (sent,) = worker.glob("*.log")
    assert delivery.message_id in sent.read_text()
