"""Kill -9, several senders, several beats: nothing is lost, and little is repeated."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders
from house import clock
from mail.models import Delivery
from mail.sweep import LEASE, send_due
from tests.cast import Cast
from tests.deadlines.many import ringing_now
from tests.deadlines.running import ROOT, bell_celery, environment, wait_until
from tests.mail.sink import Sink
from tests.proof_plugin import Proof

REDIS = os.environ.get("CELERY_BROKER_URL", "")

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


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


@pytest.mark.proof("F3")
@pytest.mark.skipif(not REDIS.startswith("redis"), reason="Needs PostgreSQL and Redis.")
def test_none_one_or_three_beats_send_each_e_mail_once(
    cast: Cast, sink: Sink, tmp_path: Path, proof: Proof
) -> None:
    """A second stands for the minute between two ticks."""
    kills, hour = proof.size(small=2, full=50), proof.size(small=2, full=60)
    addresses = ringing_now(cast, proof.size(small=120, full=2_000), over=kills * 0.7 + hour)
    with bell_celery(environment(sink, tmp_path), tmp_path, "worker", "worker", *["beat"] * 3,
                     kills=kills, seed=proof.seed):  # fmt: skip
        time.sleep(hour)
        assert wait_until(lambda: len(sink.received) >= len(addresses), 240)
        time.sleep(2)  # beats more of three beats: nothing comes again
    missed, twice = addresses - set(sink.addresses()), len(sink.received) - len(addresses)
    proof.shows(
        f"{kills} beats killed while none to three were there, then three for {hour} ticks: of "
        f"{len(addresses):,} reminders {len(missed)} missed, {twice} sent twice",
        reached=not missed and not twice,
    )
