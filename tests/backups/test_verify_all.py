"""`manage.py verify_all`: what is wrong is named, what could not be checked is neither."""

from __future__ import annotations

from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from pytest_django.fixtures import Settings

from agreements.models import Seal
from audit.models import Entry
from documents.models import StoredFile
from documents.storage import place_of
from house.triggers import lifted
from mou_portal.backups.verifying import reading_only

pytestmark = pytest.mark.usefixtures("portal_restored")


def verified(code: int = 0) -> str:
    """What it says; it ends with this code."""
    out = StringIO()
    found, problem = 0, ""
    try:
        call_command("verify_all", stdout=out)
    except CommandError as error:
        found, problem = error.returncode, str(error)
    assert found == code
    return f"{out.getvalue()}{problem}"


def test_it_changes_nothing_and_links_nothing() -> None:
    waiting = Entry.objects.filter(link=None).count()
    assert waiting
    assert f"entries that have no link yet: {waiting})" in verified()
    assert Entry.objects.filter(link=None).count() == waiting


@pytest.mark.sqlite
def test_the_database_itself_refuses_to_write_meanwhile() -> None:
    second = connection.copy("second")
    with (
        closing(second),
        reading_only(second),
        second.cursor() as cursor,
        pytest.raises(DatabaseError, match=r"(?i)read-?only"),
    ):
        cursor.execute("UPDATE mail_hold SET counted_to = 1")


def test_each_file_that_is_not_what_was_stored_is_named() -> None:
    scan, copy = StoredFile.objects.order_by("name")[::-1][:2]
    place_of(scan.key).unlink()
    place_of(copy.key).write_bytes(b"%PDF-1.7 another")
    said = verified(1)
    assert "Stored files: 0 right." in said
    assert f"{scan.key} is missing" in said
    assert f"{copy.key} is not what was stored" in said
    assert "The signed copy of MOU-0001" in said


def test_a_file_that_may_not_be_read_is_not_called_wrong() -> None:
    """As where the disk has a fault. A folder in its place cannot be read even by root."""
    place = place_of(StoredFile.objects.order_by("pk")[1].key)
    place.unlink()
    place.mkdir()
    said = verified(2)
    assert "Not checked: The stored file" in said
    assert "Wrong:" not in said


def test_a_changed_text_and_a_changed_entry_are_named() -> None:
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_clausetext SET body = 'Otherwise.'")
        third = "(SELECT entry_id FROM audit_link WHERE seq = 3)"
        cursor.execute(f"UPDATE audit_entry SET verb = 'did otherwise' WHERE id = {third}")  # noqa: S608
    said = verified(1)
    assert "Wrong: The text of MOU-0001, " in said
    assert "Links of the audit: 2 right.\n  Wrong: Entry" in said


@pytest.mark.sqlite
def test_a_seal_that_does_not_hold_is_named(settings: Settings) -> None:
    """The file is what its row says, but not what was sealed: both were exchanged."""
    seal = Seal.objects.get()
    other = StoredFile.objects.get(name="scan.pdf")
    Seal.objects.update(file=other)
    assert seal.file != other
    assert "Wrong: The seal on the signed copy of MOU-0001 does not hold." in verified(1)


def test_without_the_certificate_seals_are_not_checked(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_CERTIFICATE = str(tmp_path / "away.pem")
    said = verified(2)
    assert "Seals: 0 right.\n  Not checked: SealUnavailable" in said
    assert said.endswith("1 thing could not be checked.")


@pytest.mark.sqlite
def test_a_missing_migration_is_wrong() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0006_links'")
    assert "Wrong: Migrations are missing." in verified(1)
