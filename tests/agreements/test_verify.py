from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from agreements.models import Seal
from agreements.register.services import register_signed
from agreements.signing.services.sealing import seal_due
from documents.storage import read, store
from house import clock
from nhsuk.dates import day
from tests.cast import Cast, acting
from tests.pdf import a_pdf
from tests.stages import in_force, template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]


def _sealed(cast: Cast) -> bytes:
    in_force(cast)
    assert seal_due() == 1
    file = Seal.objects.get().file
    assert file
    return read(file)


def _check(data: bytes, name: str = "copy.pdf", status: int = 200) -> str:
    """What the public page says, to a visitor who is not logged in."""
    response = Client().post("/verify/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.duty("X04")
def test_page_and_command_say_whether_a_file_is_the_signed_one(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = _sealed(cast)
    page, today = _check(pdf), day(clock.today())
    said = (
        "This is the final signed copy of Working together (MOU-0001), signed by "
        f"Sid Signatory on {today} and Orla Officer on {today}, unchanged."
    )
    assert said in page
    assert "Version 1.0, formerly 0.1, between Northern Moors Area Team and Eastmoor" in page
    assert "Orla Officer, Director, for Eastmoor CCG, signed on" in page
    (tmp_path / "copy.pdf").write_bytes(pdf)
    call_command("verify_pdf", str(tmp_path / "copy.pdf"))
    told = capsys.readouterr().out
    assert said in told
    assert "Sid Signatory" in told
    middle = len(pdf) // 2
    flipped = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
    for changed in (flipped, pdf + b"\n"):
        page = _check(changed)
        assert "This file was changed after it was sealed." in page
        assert "Working together" not in page
        (tmp_path / "changed.pdf").write_bytes(changed)
        with pytest.raises(CommandError, match="changed after it was sealed"):
            call_command("verify_pdf", str(tmp_path / "changed.pdf"))


@pytest.mark.parametrize(
    "data", [b"x", a_pdf(), b"%PDF-1.7 /ByteRange [0 1 2 3]", b"\x00" * 5000, "é".encode("utf-16")]
)
def test_any_other_file_is_not_one_of_ours(data: bytes, tmp_path: Path) -> None:
    assert "This file is not one that this portal sealed." in _check(data)
    (tmp_path / "any").write_bytes(data)
    with pytest.raises(CommandError, match="not one that this portal sealed"):
        call_command("verify_pdf", str(tmp_path / "any"))


def test_a_registered_copy_is_called_registered_never_sealed(cast: Cast, tmp_path: Path) -> None:
    register_signed(
        by=acting(cast.manager), template_version=template(cast.area_team), title="Secret title",
        organisations={"area_team": cast.area_team, "ccg": cast.ccg},
        file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
        signed_on=clock.today(), review_on=clock.today() + timedelta(days=365),
    )  # fmt: skip
    page = _check(a_pdf())
    assert "as a signed MoU. The portal did not seal it." in page
    assert "Secret title" not in page
    (tmp_path / "mou.pdf").write_bytes(a_pdf())
    with pytest.raises(CommandError, match="The portal did not seal it"):
        call_command("verify_pdf", str(tmp_path / "mou.pdf"))


def test_what_cannot_be_checked_is_said(settings: Any, tmp_path: Path) -> None:
    assert "Choose a file" in Client().post("/verify/").content.decode()
    assert "This file is empty" in _check(b"")
    settings.LARGEST_UPLOAD = 1000
    assert "This file is larger than" in _check(b"x" * 1001)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_pdf", str(tmp_path / "nothing.pdf"))


def test_without_its_certificate_the_portal_says_so(settings: Any) -> None:
    settings.SEAL_CERTIFICATE = "/nowhere.pem"
    page = _check(a_pdf(), status=503)
    assert "The portal cannot read its own certificate" in page
    assert "This says neither that the file was changed nor that it was not." in page


def test_many_files_in_a_short_time_are_slowed_down() -> None:
    pages = [_check(b"x") for _ in range(31)]
    assert "Wait a minute, then check the next one." in pages[-1]
    assert "Wait a minute" not in pages[29]


def test_a_file_name_cannot_do_harm() -> None:
    assert "<script>alert" not in _check(b"x", name="<script>alert(1)</script>.pdf")
    assert "not one that this portal sealed" in _check(b"x", name="a\x00b\n.pdf")
