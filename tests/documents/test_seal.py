from __future__ import annotations

import stat
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from django.core.management import CommandError, call_command

from documents.conformance import SEAL_FIELD, prepare_for_seal
from documents.seal import SealUnavailable, certificates, make_certificate, seal
from tests.documents.conftest import SEALED_AT, SealFiles

Settings = Any


@pytest.fixture
def nowhere(settings: Settings, tmp_path: Path) -> SealFiles:
    """Paths at which no seal has been made yet."""
    settings.SEAL_CERTIFICATE = str(tmp_path / "new" / "certificate.pem")
    settings.SEAL_KEY = str(tmp_path / "new" / "key.pem")
    return SealFiles(settings.SEAL_CERTIFICATE, settings.SEAL_KEY)


def test_the_seal_certifies_against_any_change_and_says_when_and_why(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as document:
        (field,) = document.Root.AcroForm.Fields
        signature = document.Root.Perms.DocMDP
        assert field.T == SEAL_FIELD
        assert field.V.objgen == signature.objgen
        assert signature.Reference[0].TransformParams.P == 1
        assert signature.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert signature.Reason == "Final signed copy of MOU-0142"
        assert str(signature.M).startswith("D:20130903080000")


def test_the_seal_leaves_the_metadata_and_every_byte_before_it_alone(
    rendered: bytes, sealed: bytes
) -> None:
    prepared = prepare_for_seal(rendered, field_description="The portal's seal")
    assert sealed.startswith(prepared)
    with pikepdf.open(BytesIO(prepared)) as before, pikepdf.open(BytesIO(sealed)) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()


def test_the_certificate_is_for_signing_alone_on_p256() -> None:
    certificate = x509.load_pem_x509_certificate(make_certificate(name="Seal", at=SEALED_AT)[0])
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert certificate.not_valid_after_utc - SEALED_AT == timedelta(days=3650)
    assert certificate.public_key().public_numbers().curve.name == "secp256r1"  # type: ignore[union-attr]


def test_without_its_key_the_seal_says_what_is_missing(nowhere: SealFiles, rendered: bytes) -> None:
    with pytest.raises(SealUnavailable, match=r"certificate\.pem"):
        seal(rendered, reason="x", at=SEALED_AT)


def test_the_command_makes_a_seal_once_and_the_key_is_for_the_owner_alone(
    nowhere: SealFiles,
) -> None:
    call_command("make_seal_certificate", stdout=StringIO())
    before = Path(nowhere.SEAL_CERTIFICATE).read_bytes()
    quiet = StringIO()
    call_command("make_seal_certificate", stdout=quiet)
    assert quiet.getvalue() == ""
    assert Path(nowhere.SEAL_CERTIFICATE).read_bytes() == before
    assert stat.S_IMODE(Path(nowhere.SEAL_KEY).stat().st_mode) == 0o600


def test_a_certificate_without_its_key_is_not_overwritten(nowhere: SealFiles) -> None:
    call_command("make_seal_certificate", stdout=StringIO())
    Path(nowhere.SEAL_KEY).unlink()
    with pytest.raises(CommandError, match="--force"):
        call_command("make_seal_certificate")


def test_a_forced_seal_keeps_the_former_certificate_behind_the_new_one(
    nowhere: SealFiles,
) -> None:
    call_command("make_seal_certificate", stdout=StringIO())
    former = Path(nowhere.SEAL_CERTIFICATE).read_bytes()
    present = certificates()[0]
    call_command("make_seal_certificate", "--force", stdout=StringIO())
    assert Path(nowhere.SEAL_CERTIFICATE).read_bytes().endswith(former)
    assert certificates()[0] != present
    assert certificates()[1] == present
