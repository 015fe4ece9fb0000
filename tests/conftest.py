"""What every test may use: the cast, clients for them, the mailbox, a database made quickly."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client, TransactionTestCase

from deadlines.models import Holiday
from documents.certificates import make_certificate
from house import clock
from house.tracked import create_all
from house.triggers import lifted
from mail.sweep import send_due
from parties.acting import Acting
from parties.models import Organisation, User
from tests import cast as people

ROOT = Path(__file__).resolve().parent.parent

ClientOf = Callable[[User], Client]


# --- Who and what a test works with ---------------------------------------------------------


@pytest.fixture
def cast(db: None) -> people.Cast:
    """The people and organisations of the tests."""
    return people.Cast()


@pytest.fixture
def client_of(db: None) -> ClientOf:
    """A browser in which the user is logged in: `client_of(cast.manager).get("/")`."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def acting() -> Callable[..., Acting]:
    """`acting(cast.manager)`: the user acting for their organisation, as services take it."""

    def acting_for(user: User, organisation: Organisation | None = None) -> Acting:
        return people.acting(user, organisation)

    return acting_for


class Mailbox:
    """The e-mails that the outbox sends. Looking into it runs the sweep first."""

    def __init__(self, sent: list[Any]) -> None:
        self._sent = sent

    @property
    def all(self) -> list[EmailMultiAlternatives]:
        send_due()
        return self._sent

    def to(self, address: str) -> list[EmailMultiAlternatives]:
        return [mail for mail in self.all if address in mail.to]


@pytest.fixture
def can_seal(settings: Any, tmp_path: Path) -> None:
    """The portal has a certificate for its seal, and the key to it."""
    certificate, key = make_certificate(name="The portal's seal", at=clock.now())
    for name, content in (("SEAL_CERTIFICATE", certificate), ("SEAL_KEY", key)):
        file = tmp_path / f"{name.lower()}.pem"
        file.write_bytes(content)
        setattr(settings, name, str(file))


@pytest.fixture
def mailbox(db: None, mailoutbox: list[Any]) -> Mailbox:
    return Mailbox(mailoutbox)


# --- The database ---------------------------------------------------------------------------


def pytest_collection_finish() -> None:
    """What was imported stays to the end: to look for garbage in it again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="Needs PostgreSQL: set DATABASE_URL."))


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On SQLite always: the database is this run's own file, and begins as a copy (below)."""
    return connection.vendor == "sqlite" or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)
        if _migrated_copy().exists():
            shutil.copy(_migrated_copy(), name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keeps a copy of the migrated database: 14 seconds of migrations become one."""
    if connection.vendor != "sqlite" or _migrated_copy().exists():
        return
    _migrated_copy().parent.mkdir(parents=True, exist_ok=True)
    unfinished = _migrated_copy().with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), closing(sqlite3.connect(unfinished)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    unfinished.replace(_migrated_copy())
    copies = sorted(
        _migrated_copy().parent.glob("*.sqlite3"), key=lambda each: each.stat().st_mtime
    )
    for outdated in copies[:-4]:
        outdated.unlink(missing_ok=True)


def _migrated_copy() -> Path:
    """A file whose name changes with whatever shapes the tables."""
    shaping = [
        "*/migrations/*.py",
        "*/models.py",
        "*/models/*.py",
        "house/triggers.py",
        "requirements/*",
    ]
    files = sorted(path for pattern in shaping for path in ROOT.glob(pattern))
    total = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    folder = Path(settings.STATIC_ROOT).parent / "test-databases"
    return folder / f"{total.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """After a test with real transactions Django empties the tables; our triggers would refuse.

    The holidays that the migrations brought come back for whichever test is next.
    """
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def with_triggers_lifted(test: TransactionTestCase) -> None:
        published = list(Holiday.objects.all())
        with lifted():
            empty(test)
        create_all(published)
        cache.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", with_triggers_lifted)
        yield
