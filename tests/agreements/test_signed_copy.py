"""The final signed copy as programs see it: valid, sealed, made once, with its data."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import page
import pikepdf
import pytest
from django.db import connection

from agreements.models import Happening, Seal
from agreements.signing.services import sealing
from agreements.signing.services.sealing import seal_due
from documents.models import StoredFile
from documents.storage import read
from house import clock
from house.canonical import fingerprint
from tests.cast import Cast
from tests.stages import in_force

pytestmark = pytest.mark.usefixtures("can_seal")

OUTLOUD = str(Path(sys.executable).with_name("outloud"))


def sealed_pdf(cast: Cast) -> bytes:
    in_force(cast)
    assert seal_due() == 1
    file = Seal.objects.get().file
    assert file
    return read(file)


def said_by(*command: str) -> tuple[int, str]:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.django_db
def test_every_validator_accepts_it_and_it_carries_the_agreement(
    cast: Cast, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(sealed_pdf(cast))
    for profile in ("3a", "ua1"):
        assert "0 failed" in str(page.validate_pdf(str(copy), profile=profile))
    assert said_by(OUTLOUD, str(copy))[0] == 0
    assert said_by("qpdf", "--check", str(copy))[0] == 0
    seal = said_by("pdfsig", str(copy))[1]
    assert "Signature is Valid" in seal
    assert "Total document signed" in seal
    with pikepdf.open(BytesIO(copy.read_bytes())) as pdf:
        data = json.loads(pdf.attachments["agreement.json"].get_file().read_bytes())
    assert data["reference"] == "MOU-0001"
    assert fingerprint(data["content"]) == data["sha256"]


@pytest.mark.django_db
def test_a_worker_that_was_killed_half_way_leaves_the_work_to_the_next(cast: Cast) -> None:
    in_force(cast)
    assert sealing._lease_next() is not None
    assert seal_due() == 0  # it is still leased to the first
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert seal_due() == 1


@pytest.mark.django_db
def test_without_a_certificate_it_waits_and_says_why(cast: Cast, settings: Any) -> None:
    settings.SEAL_CERTIFICATE = "/nowhere.pem"
    in_force(cast)
    assert seal_due() == 0
    seal = Seal.objects.get()
    assert seal.state == Seal.State.WAITING
    assert seal.problem
    assert seal.next_try > clock.now()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_copy(cast: Cast) -> None:
    in_force(cast)

    def work() -> None:
        seal_due()
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Seal.objects.get().state == Seal.State.SEALED
    assert Happening.objects.filter(verb="sealed").count() == 1
    assert StoredFile.objects.count() == 1
