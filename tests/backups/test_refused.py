"""What a restore or a back-up does not do, and what it says then."""

from __future__ import annotations

import fcntl
import re
import sqlite3
import tarfile
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from agreements.models import Agreement
from documents.models import StoredFile
from documents.storage import place_of
from mail.models import Delivery
from tests.backups.conftest import Kept, backed_up, restored


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def database_name() -> str:
    name = str(connection.settings_dict["NAME"])
    return name if connection.vendor == "postgresql" else Path(name).name


# --- Where something is already -------------------------------------------------------------


@pytest.mark.sqlite
def test_a_portal_that_is_in_use_is_not_overwritten(kept: Kept, portal: Path) -> None:
    with pytest.raises(CommandError, match=f"not empty.*--replace {database_name()}"):
        restored(kept.archive)
    with pytest.raises(CommandError, match=f"is {database_name()}, not something"):
        restored(kept.archive, replace="something")
    assert Delivery.objects.get().address == "ada@moors.example"


@pytest.mark.sqlite
def test_it_is_replaced_by_its_name_and_what_was_there_is_kept_aside(
    kept: Kept, portal: Path
) -> None:
    said = restored(kept.archive, replace=database_name())
    assert "Everything is as it was kept." in said
    assert Agreement.objects.get().reference == kept.reference
    assert not Delivery.objects.filter(address="ada@moors.example").exists()
    (aside,) = re.findall("What was there before is kept as (.+). Remove", said)
    assert address_in(aside) == "ada@moors.example"


def address_in(aside: str) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT address FROM "{aside}".mail_delivery')  # noqa: S608
            return str(cursor.fetchone()[0])
    place = Path(connection.settings_dict["NAME"]).with_name(aside)
    with closing(sqlite3.connect(place)) as database:
        return str(database.execute("SELECT address FROM mail_delivery").fetchone()[0])


@pytest.mark.postgres
def test_what_was_put_aside_is_in_no_later_back_up(portal: Path, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before_restore_1 CREATE TABLE aside (number integer)")
    archive = backed_up(tmp_path)
    assert b"before_restore_1" not in archive.read_bytes()


@pytest.mark.sqlite
def test_a_folder_with_other_files_is_named(kept: Kept, somewhere_empty: Path) -> None:
    other = somewhere_empty / "ab" / "cd"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"of another portal")
    with pytest.raises(CommandError, match="not of this back-up, ab/cd for one"):
        restored(kept.archive)
    assert connection.introspection.table_names() == []


def test_a_restore_that_broke_off_can_be_run_again(kept: Kept, somewhere_empty: Path) -> None:
    with tarfile.open(kept.archive) as tar:
        first, other = [each for each in tar if each.name.startswith("files/")]
        tar.extract(first, somewhere_empty.parent)
        half = somewhere_empty.parent / f"{other.name}.unfinished"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")
    assert "Everything is as it was kept." in restored(kept.archive)
    assert not half.exists()


# --- Other versions -------------------------------------------------------------------------


def test_a_back_up_of_a_newer_version_is_refused(portal: Path, tmp_path: Path) -> None:
    MigrationRecorder(connection).record_applied("mail", "9999_of_next_year")
    newer = backed_up(tmp_path)
    with pytest.raises(CommandError, match=r"newer version of the portal \(mail.9999_of_next"):
        restored(newer, replace=database_name())


def test_a_back_up_of_an_older_version_is_restored_and_says_what_to_do(
    portal: Path, tmp_path: Path
) -> None:
    MigrationRecorder(connection).record_unapplied("mail", "0006_links")
    older = backed_up(tmp_path)
    with pytest.raises(CommandError, match=r"not checked yet\. Run: .* set_up;") as said:
        restored(older, replace=database_name())
    assert said.value.returncode == 2


# --- Making one -----------------------------------------------------------------------------


def test_a_missing_and_a_damaged_file_are_named_and_the_rest_is_kept(
    portal: Path, tmp_path: Path
) -> None:
    missing, damaged = (place_of(file.key) for file in StoredFile.objects.order_by("pk"))
    missing.unlink()
    damaged.write_bytes(b"another")
    with pytest.raises(CommandError, match="made and kept") as problem:
        backed_up(tmp_path)
    assert missing.name in str(problem.value)
    assert damaged.name in str(problem.value)
    (archive,) = tmp_path.glob("*.tar")
    out = StringIO()
    call_command("restore", str(archive), check=True, stdout=out)
    assert "0 files" in out.getvalue()


def test_two_at_once_in_one_folder_are_one(portal: Path, tmp_path: Path) -> None:
    with (tmp_path / ".unfinished-back-up.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match=r"There is no back-up\. Another back-up"):
            backed_up(tmp_path)
    assert backed_up(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"is no folder\. Make it first"):
        backed_up(tmp_path / "nowhere")


@pytest.mark.postgres
def test_missing_programs_are_a_sentence(
    kept: Kept, somewhere_empty: Path, programs: Path, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"no back-up\. pg_dump is not installed"):
        backed_up(tmp_path)
    with pytest.raises(CommandError, match=r"was not restored\. pg_restore is not installed"):
        restored(kept.archive)


@pytest.mark.postgres
def test_an_older_pg_dump_is_a_sentence(
    somewhere_empty: Path, programs: Path, tmp_path: Path
) -> None:
    old = programs / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o700)
    with pytest.raises(CommandError, match=r"pg_dump is pg_dump \(PostgreSQL\) 9\.6\.24\. Install"):
        backed_up(tmp_path)
    assert not list(tmp_path.glob("*.tar"))


@pytest.mark.postgres
def test_nobody_else_is_at_work_with_it_meanwhile(kept: Kept, somewhere_empty: Path) -> None:
    worker = connection.copy("worker")
    with worker.cursor() as cursor:
        cursor.execute("SELECT 1")
        with pytest.raises(CommandError, match=r"1 other connection.* Stop web, worker and beat"):
            restored(kept.archive)
    worker.close()
    assert connection.introspection.table_names() == []
