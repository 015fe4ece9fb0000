from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.fixtures import Settings

from agreements.signing.services.sealing import seal_due
from audit.chain import link_new_entries
from documents.seal import make_certificate
from documents.storage import store
from house import clock
from mail.services import queue_mail
from mail.sweep import send_due
from tests.agreements.signers import put_off_for_want_of_time
from tests.cast import Cast
from tests.databases import empty_database, own_database
from tests.documents.forked import children_are_forks
from tests.stages import in_force


@dataclass(frozen=True)
class Kept:
    """A back-up of a portal with a sealed agreement, another file, and e-mails on their way."""

    archive: Path
    certificate: Path
    reference: str
    sent: int


@pytest.fixture(scope="session")
def kept(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Kept:
    folder = tmp_path_factory.mktemp("back-up")
    certificate = _certificate_in(folder)
    key = str(folder / "key.pem")
    settings = {"SEAL_CERTIFICATE": str(certificate), "SEAL_KEY": key}
    with django_db_blocker.unblock(), own_database(), override_settings(**settings):
        reference = _portal_with_something_in_it()
        sent = send_due(at_most=2)
        archive = backed_up(folder)
    return Kept(archive, certificate, reference, sent)


def _portal_with_something_in_it() -> str:
    cast = Cast()
    version = in_force(cast)
    with children_are_forks():
        while not seal_due():
            assert put_off_for_want_of_time()
    with transaction.atomic():
        store(b"%PDF-1.7 scanned", name="scan.pdf", content_type="application/pdf")
    link_new_entries()
    Client().force_login(cast.manager)
    cache.set("tries", 3)
    return version.agreement.reference


def _certificate_in(folder: Path) -> Path:
    certificate, key = make_certificate(name="The portal's seal", at=clock.now())
    (folder / "key.pem").write_bytes(key)
    (folder / "certificate.pem").write_bytes(certificate)
    return folder / "certificate.pem"


def backed_up(folder: Path) -> Path:
    """What `manage.py backup` makes there."""
    before = set(folder.glob("*.tar"))
    call_command("backup", str(folder), stdout=StringIO())
    (made,) = set(folder.glob("*.tar")) - before
    return made


@pytest.fixture
def files(kept: Kept, settings: Settings, tmp_path: Path) -> Path:
    """A folder of files of the test's own, empty; seals are those of the back-up's portal."""
    folder = tmp_path / "files"
    settings.SEAL_CERTIFICATE = str(kept.certificate)
    settings.STORAGES = stored_in(folder)
    return folder


@pytest.fixture
def somewhere_empty(files: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A portal without a table or a file; its folder of files."""
    with django_db_blocker.unblock(), empty_database():
        yield files


@pytest.fixture
def portal(files: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A portal with two files, and one e-mail on its way; its folder of files."""
    with django_db_blocker.unblock(), own_database():
        store(b"one", name="one.pdf", content_type="application/pdf")
        store(b"two", name="two.pdf", content_type="application/pdf")
        queue_mail(kind="greeting", address="ada@moors.example", context={}, dedupe="one")
        yield files


@pytest.fixture(scope="module")
def _restored_once(
    kept: Kept, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """The folder of files of the portal that was restored, and what was said."""
    files = tmp_path_factory.mktemp("restored") / "files"
    settings = {"SEAL_CERTIFICATE": str(kept.certificate), "STORAGES": stored_in(files)}
    with django_db_blocker.unblock(), empty_database():
        with override_settings(**settings):
            said = restored(kept.archive)
        yield files, said


@pytest.fixture
def portal_restored(
    _restored_once: tuple[Path, str], files: Path, django_db_blocker: Any
) -> Iterator[str]:
    """The portal of the back-up, restored, and what was said; rows and files of the test's own."""
    as_restored, said = _restored_once
    shutil.copytree(as_restored, files)
    with django_db_blocker.unblock(), transaction.atomic():
        yield said
        transaction.set_rollback(True)


def stored_in(folder: Path) -> dict[str, Any]:
    backend = "django.core.files.storage.FileSystemStorage"
    options = {"location": str(folder), "base_url": None}
    return django_settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": options}}


def restored(archive: Path, **options: Any) -> str:
    """What `manage.py restore` says."""
    out = StringIO()
    call_command("restore", str(archive), stdout=out, **options)
    return out.getvalue()
