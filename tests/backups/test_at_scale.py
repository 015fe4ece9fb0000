"""A back-up of a portal at work, restored elsewhere; in full one of 10,000 agreements."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client, override_settings

from agreements.models import Agreement
from audit.chain import link_new_entries
from documents.models import StoredFile
from documents.storage import store
from mou_portal.backups.checking import check
from mou_portal.scale.loading import load
from parties.models import Role, User
from tests.backups.conftest import Kept, backed_up, restored, stored_in
from tests.databases import empty_database, own_database
from tests.proof_plugin import Proof

pytestmark = pytest.mark.postgres

BYTES = 2_000_000_000
SCAN = 20_000_000
PAGES = ("/", "/agreements/")


@dataclass(frozen=True)
class AtWork:
    """A back-up that was made while pages were read: how long each took before, and meanwhile."""

    archive: Path
    settings: dict[str, Any]
    before: list[float]
    meanwhile: list[float]
    seconds: float


@pytest.fixture(scope="module")
def at_work(
    request: pytest.FixtureRequest, kept: Kept, django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AtWork]:  # fmt: skip
    """Of the small portal that was kept, or of one of 10,000 agreements."""
    folder = tmp_path_factory.mktemp("at-work")
    settings = {"SEAL_CERTIFICATE": str(kept.certificate), "STORAGES": stored_in(folder / "files")}
    settings["SEAL_KEY"] = str(kept.certificate.with_name("key.pem"))
    full = request.config.option.in_full
    with django_db_blocker.unblock(), override_settings(**settings):
        if full:
            with own_database():
                _fill()
                yield _backed_up_at_work(folder, settings)
        else:
            with empty_database():
                restored(kept.archive)
                yield _backed_up_at_work(folder, settings)


def _fill() -> None:
    load(10_000, password="heather-and-bracken-7", say=print)
    while link_new_entries():
        pass
    with connections["default"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    size = sum(StoredFile.objects.values_list("size", flat=True))
    for number in range(max(0, -(-(BYTES - size) // SCAN))):
        with transaction.atomic():
            store(os.urandom(SCAN), name=f"scan {number}.pdf", content_type="application/pdf")


def _backed_up_at_work(folder: Path, settings: dict[str, Any]) -> AtWork:
    manager = User.objects.filter(memberships__role=Role.MANAGER).order_by("pk")[0]
    client = Client()
    client.force_login(manager)
    _read_pages(client)  # the first of each loads what the others have at hand
    before = [took for _ in range(20) for took in _read_pages(client)]
    started, meanwhile = time.monotonic(), list[float]()
    with _backing_up(folder) as is_at_work:
        while is_at_work() or not meanwhile:
            meanwhile += _read_pages(client)
    (archive,) = folder.glob("*.tar")
    return AtWork(archive, settings, before, meanwhile, time.monotonic() - started)


def _read_pages(client: Client) -> list[float]:
    """Seconds that each page took."""
    took = []
    for page in PAGES:
        started = time.perf_counter()
        assert client.get(page).status_code == 200
        took.append(time.perf_counter() - started)
    return took


@contextmanager
def _backing_up(folder: Path) -> Iterator[Any]:
    """`manage.py backup` in a process of its own, as cron starts it; whether it still is."""
    connections.close_all()
    process = os.fork()
    if not process:
        try:
            backed_up(folder)
        finally:
            os._exit(0)
    yield lambda: os.waitpid(process, os.WNOHANG) == (0, 0)


@pytest.mark.proof("R1")
def test_pages_answer_while_it_is_made_and_it_is_looked_at_again(
    at_work: AtWork, proof: Proof
) -> None:
    slower = _slow(at_work.meanwhile) / _slow(at_work.before)
    with at_work.archive.open("rb") as file:
        found = check(file).manifest
    size = at_work.archive.stat().st_size / 1e9
    proof.shows(
        f"{found.rows['agreements_agreement']:,} agreements, {found.files:,} files, {size:.2f} GB "
        f"in {at_work.seconds:.0f} s, read again and right; 95 of 100 pages within "
        f"{_slow(at_work.before):.2f} s before and {_slow(at_work.meanwhile):.2f} s meanwhile "
        f"({slower:.1f} times, of {len(at_work.meanwhile)})",
        reached=not found.files_missing and slower <= proof.size(small=100, full=2),
    )


def _slow(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


@pytest.mark.proof("R2")
def test_it_restores_into_an_empty_place(
    at_work: AtWork, proof: Proof, django_db_blocker: Any, tmp_path: Path
) -> None:
    started = time.monotonic()
    with django_db_blocker.unblock(), empty_database():
        with override_settings(**at_work.settings | {"STORAGES": stored_in(tmp_path / "files")}):
            said = restored(at_work.archive)
        agreements = Agreement.objects.count()
        call_command("migrate", check_unapplied=True, stdout=StringIO())
    minutes = (time.monotonic() - started) / 60
    right = [line for line in said.splitlines() if " right." in line]
    proof.shows(
        f"{agreements:,} agreements in {minutes:.1f} minutes: rows as they were, no migration "
        f"pending. {' '.join(right)}",
        reached="Each table has as many rows as when the back-up was made." in said
        and "Everything is as it was kept." in said
        and not any(line.endswith(": 0 right.") for line in right)
        and minutes < 15,
    )
