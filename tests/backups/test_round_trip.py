"""A back-up, restored into an empty place: the same portal, which sends no e-mail by itself."""

from __future__ import annotations

import re
import tarfile
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from agreements.models import Agreement, Seal
from agreements.signing.checking import check_file
from audit.heads import RESTORED
from audit.models import Entry
from documents.storage import read
from mail.models import Delivery
from mail.sweep import send_due
from tests.backups.conftest import Kept

pytestmark = pytest.mark.sqlite


def test_the_portal_is_there_again_and_everything_in_it_is_right(
    kept: Kept, portal_restored: str
) -> None:
    assert "Each table has as many rows as when the back-up was made." in portal_restored
    assert "Stored files: 2 right." in portal_restored
    assert "Seals: 1 right." in portal_restored
    assert "Everything is as it was kept." in portal_restored
    agreement = Agreement.objects.get()
    assert (agreement.reference, agreement.state) == (kept.reference, "in_force")
    seal = Seal.objects.get()
    assert seal.file
    assert "unchanged" in check_file(read(seal.file)).sentence
    assert Entry.objects.filter(verb=RESTORED).count() == 1


def test_no_e_mail_goes_until_an_administrator_releases_them(
    kept: Kept, portal_restored: str, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    assert (send_due(), mailoutbox) == (0, [])
    assert kept.sent
    assert Delivery.objects.filter(state="sent").count() == kept.sent
    call_command("release_mail", "--leave-out-old", stdout=StringIO())
    assert (send_due(), mailoutbox) == (0, [])


def test_those_that_waited_go_once_where_an_administrator_wants_it(
    portal_restored: str, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    waited = set(Delivery.objects.filter(state="waiting").values_list("message_id", flat=True))
    call_command("release_mail", "--send-old", stdout=StringIO())
    send_due()
    sent = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert sent
    assert (len(sent), set(sent) - waited) == (len(set(sent)), set())
    assert not Delivery.objects.filter(state="waiting").exists()


def test_nobody_is_logged_in_by_a_back_up(portal_restored: str) -> None:
    assert not Session.objects.exists()


def test_a_person_can_look_into_it_and_secrets_are_not_there(kept: Kept) -> None:
    with tarfile.open(kept.archive) as tar:
        names = tar.getnames()
        sums = tar.extractfile("SHA256SUMS")
        assert sums
        listed = re.findall(r"^[0-9a-f]{64}  (\S+)$", sums.read().decode(), re.MULTILINE)
    assert names == [*listed, "SHA256SUMS", "manifest.json"]
    assert len(listed) == 3
    assert b"PRIVATE KEY" not in kept.archive.read_bytes()
    assert kept.archive.stat().st_mode & 0o077 == 0
    assert [each.name for each in kept.archive.parent.glob(".*")] == [".unfinished-back-up.lock"]
