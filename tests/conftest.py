"""What every test may use: the cast, clients for them, the mailbox, a database made quickly."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser

from agreements.models import Happening
from agreements.page.timeline import sentences
from deadlines.models import Holiday
from deadlines.services.telling import digest_moment
from documents.seal import make_certificate
from house import clock
from house.tracked import create_all
from house.triggers import lifted
from mail.sweep import send_due
from parties.acting import Acting
from parties.models import Organisation, User
from tests import cast as people
from tests.databases import own_database
from tests.in_browser import chromium
from tests.layers import ROOMS
from tests.locks import in_order

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


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One browser for all tests of a process; each opens pages of its own in it."""
    with chromium() as browser:
        yield browser


class Mailbox:
    """The e-mails that the outbox sends. Looking into it runs the sweep first."""

    def __init__(self, sent: list[Any]) -> None:
        self._sent = sent

    @property
    def all(self) -> list[EmailMultiAlternatives]:
        send_due(at=_when_the_mornings_mail_goes())
        return self._sent

    def to(self, address: str) -> list[EmailMultiAlternatives]:
        return [mail for mail in self.all if address in mail.to]


def _when_the_mornings_mail_goes() -> datetime:
    """Now; from nine in London the moment at which that morning's reminders have become e-mails."""
    now, sent = clock.now(), digest_moment(clock.today())
    return sent if timedelta() <= sent - now <= timedelta(minutes=30) else now


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


@pytest.fixture(scope="session", autouse=True)
def _what_is_written_down_has_a_sentence() -> Iterator[None]:
    """A verb without one would show itself on the timeline."""

    of_all_rooms = sentences()  # a test may silence some

    def check(instance: Happening, **_: Any) -> None:
        known = instance.verb in of_all_rooms or instance.verb in sentences()
        assert known, f"No room has a sentence for {instance.verb!r}."

    post_save.connect(check, sender=Happening, weak=False)
    yield
    post_save.disconnect(check, sender=Happening)


# --- Warnings -------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """What is deprecated may not be used by the portal's own code."""
    ours = "|".join(ROOMS)
    config.addinivalue_line("filterwarnings", f"error::DeprecationWarning:({ours}).*")


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


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Whatever a test is about: its services lock in the one order (tests/locks.py)."""
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        yield
        return
    with in_order() as locks:
        outcome: Any = yield
    if locks.faults and not outcome.excinfo:
        outcome.force_exception(AssertionError("\n".join(locks.faults)))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """In the place of pytest-django's own, which migrates in every process."""
    with django_db_blocker.unblock(), own_database(), django_db_blocker.block():
        yield


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
