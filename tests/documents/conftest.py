"""One agreement, typeset and sealed once for the whole run: each rendering takes over a second."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import override_settings

from documents.conformance import prepare_for_seal
from documents.rendering import Attachment, render
from documents.seal import make_certificate, seal
from tests.documents.sample import agreement_page

SEALED_AT = datetime(2013, 9, 3, 8, 0, tzinfo=UTC)
DATA = b'{"reference": "MOU-0142"}'


class SealFiles(NamedTuple):
    SEAL_CERTIFICATE: str
    SEAL_KEY: str


@pytest.fixture(scope="session")
def seal_files(tmp_path_factory: pytest.TempPathFactory) -> SealFiles:
    folder: Path = tmp_path_factory.mktemp("seal")
    certificate, key = make_certificate(name="The portal's seal", at=SEALED_AT)
    (folder / "certificate.pem").write_bytes(certificate)
    (folder / "key.pem").write_bytes(key)
    return SealFiles(str(folder / "certificate.pem"), str(folder / "key.pem"))


@pytest.fixture(autouse=True)
def _seal_settings(settings: object, seal_files: SealFiles) -> None:
    for name, path in seal_files._asdict().items():
        setattr(settings, name, path)


@pytest.fixture(scope="session")
def rendered() -> bytes:
    data = Attachment("agreement.json", DATA, "application/json", "The agreement as data")
    return render(agreement_page(), attachments=[data])


@pytest.fixture(scope="session")
def sealed(rendered: bytes, seal_files: SealFiles) -> bytes:
    prepared = prepare_for_seal(rendered, field_description="The portal's seal")
    with override_settings(**seal_files._asdict()):
        return seal(prepared, reason="Final signed copy of MOU-0142", at=SEALED_AT)


@pytest.fixture(scope="session")
def sealed_file(sealed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For the programs that check a PDF from outside."""
    path = tmp_path_factory.mktemp("sealed") / "agreement.pdf"
    path.write_bytes(sealed)
    return path
