"""A check that could not run says so: nobody is told that a file is another than it is."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from agreements.models import Seal
from agreements.signing.services.sealing import seal_due
from documents.places import STRANGER, place_for
from documents.seal import certificates
from documents.storage import read, store
from tests.cast import Cast
from tests.pdf import a_pdf, a_pdf_that_takes_long
from tests.stages import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]
NOT_NOW = "This file could not be checked just now. It is not one of the files that the portal"
CHANGED = "This file was changed after it was sealed."


def sealed(cast: Cast) -> bytes:
    in_force(cast)
    assert seal_due() == 1
    file = Seal.objects.get().file
    assert file
    return read(file)


def check(data: bytes) -> tuple[int, str]:
    answer = Client().post("/verify/", {"file": SimpleUploadedFile("copy.pdf", data)})
    found = re.search(r'id="finding"[^>]*>([^<]+)', answer.content.decode())
    return answer.status_code, found[1] if found else ""


def test_while_the_portal_is_busy_a_changed_copy_is_not_called_a_strangers(cast: Cast) -> None:
    changed = sealed(cast) + b"\n"
    with place_for(STRANGER):
        status, said = check(changed)
    assert (status, said) == (
        503, "The portal is busy with other files just now. Try again in a minute.",
    )  # fmt: skip
    assert check(changed) == (200, CHANGED)


def test_a_file_that_takes_a_reader_long_is_put_aside_after_two_seconds(tmp_path: Path) -> None:
    slow = a_pdf_that_takes_long(certificates()[0])
    assert len(slow) < 20_000
    began = time.monotonic()
    status, said = check(slow)
    assert time.monotonic() - began < 5
    assert status == 503
    assert said.startswith(NOT_NOW)


def test_the_command_has_an_exit_code_of_its_own_for_it(cast: Cast, tmp_path: Path) -> None:
    codes = {}
    for name, data in (("slow", a_pdf_that_takes_long(certificates()[0])), ("other", a_pdf())):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CommandError) as error:
            call_command("verify_pdf", str(tmp_path / name))
        codes[name] = error.value.returncode
    with pytest.raises(CommandError) as error:
        call_command("verify_pdf", str(tmp_path / "nothing"))
    assert codes | {"nothing": error.value.returncode} == {"slow": 2, "other": 1, "nothing": 2}


def test_no_child_works_for_a_file_without_our_certificate(cast: Cast) -> None:
    """However busy the portal is, it knows that it did not seal that file."""
    others = a_pdf_that_takes_long(b"somebody else's certificate")
    with place_for(STRANGER):
        assert check(others) == (200, "This file is not one that this portal sealed.")


def test_a_copy_that_the_portal_lost_is_not_called_changed(cast: Cast) -> None:
    """Sealed after the back-up that the portal was restored from."""
    pdf = sealed(cast)
    Seal.objects.update(file=store(a_pdf(), name="x.pdf", content_type="application/pdf"))
    assert check(pdf) == (
        200, "This file carries the seal of this portal, which does not keep this file.",
    )  # fmt: skip
