"""Eight processes write to one SQLite file: each waits for its turn, and is never told "locked"."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from django.db import OperationalError, connection, transaction

from audit.models import Entry
from audit.services import write_entry
from mail.models import Delivery
from mail.services import delivery, queue_all
from parties.models import User
from tests.cast import Cast
from tests.killed import cpu_seconds, forked, was_killed
from tests.proof_plugin import Proof

WRITERS = 8

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="Of SQLite alone."),
]


@pytest.mark.proof("L6")
def test_eight_writers_are_never_told_that_the_database_is_locked(
    cast: Cast, tmp_path: Path, proof: Proof
) -> None:
    each, actor = proof.size(small=40, full=1_250), cast.manager.pk
    places = [tmp_path / str(number) for number in range(WRITERS)]
    before, cpu = monotonic(), cpu_seconds()
    writers = [forked(partial(write_many, actor, each, place)) for place in places]
    for writer in writers:
        assert not was_killed(writer)
    rate, cpu = WRITERS * each / (monotonic() - before), cpu_seconds() - cpu
    waits = sorted(wait for place in places for wait in json.loads(place.read_text()))
    done, slow = len(waits), waits[len(waits) * 99 // 100]
    assert Entry.objects.count() == Delivery.objects.count() == done
    proof.shows(
        f"{WRITERS * each:,} transactions by {WRITERS} processes: {WRITERS * each - done} told "
        f"that the database is locked, 99 of 100 within {slow * 1000:.0f} ms, the slowest "
        f"{waits[-1] * 1000:,.0f} ms; {rate:.0f} a second, {cpu / done * 1000:.1f} ms of CPU each",
        reached=done == WRITERS * each and slow < proof.size(small=5_000, full=100) / 1_000,
    )


def write_many(actor: int, number: int, place: Path) -> None:
    """Reads, then writes, as a service does. Notes the seconds of each that was done."""
    waits = []
    for turn in range(number):
        before = monotonic()
        try:
            write(actor, f"{place.name} {turn}")
        except OperationalError:
            continue
        waits.append(monotonic() - before)
    place.write_text(json.dumps(waits))


def write(actor: int, dedupe: str) -> None:
    with transaction.atomic():
        user = User.objects.get(pk=actor)
        write_entry(actor=user, organisation_id=7, verb="did", about=user)
        address = user.email
        queue_all(
            [delivery(kind="greeting", address=address, context={}, dedupe=dedupe)], nudge=False
        )
