"""Files that no row names: left by a process that was killed, found when they are a day old."""

from __future__ import annotations

import os
from datetime import time
from functools import partial
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from documents.models import StoredFile
from documents.storage import UNFINISHED, folder_of_files, place_of, read, store
from documents.unnamed import OLD_ENOUGH
from house import clock
from mou_portal.daily import tell_administrators
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.killed import Steps, killed

pytestmark = pytest.mark.django_db(transaction=True)
keep = partial(store, b"A signed paper.", name="scan.pdf", content_type="application/pdf")


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """Other tests' files have rows that come and go."""
    kept = settings.STORAGES["default"]
    options = kept["OPTIONS"] | {"location": str(tmp_path)}
    settings.STORAGES = settings.STORAGES | {"default": kept | {"OPTIONS": options}}


def grown_old(path: Path) -> None:
    then = (clock.now() - OLD_ENOUGH).timestamp() - 1
    os.utime(path, (then, then))


def left_behind() -> Path:
    """What a process leaves that is killed between the file and its row."""

    def kept_half() -> None:
        with Steps(at=1).counted():
            keep()

    before = {*folder_of_files().rglob("*")}
    assert killed(kept_half)
    [left] = [each for each in {*folder_of_files().rglob("*")} - before if each.is_file()]
    return left


def said(*options: str) -> str:
    out = StringIO()
    call_command("unnamed_files", *options, stdout=out)
    return out.getvalue()


@pytest.mark.sqlite
def test_what_a_killed_process_left_is_listed_once_it_is_a_day_old() -> None:
    named, left = keep(), left_behind()
    grown_old(place_of(named.key))
    assert said() == "0 files named by no row.\n"  # its row may still come
    grown_old(left)
    assert f"{left}: 15 bytes" in said()
    assert left.exists(), "Listing removes nothing."


@pytest.mark.parametrize("name", ["00" + "a" * 30, "ff" + "a" * 30])
def test_every_folder_is_looked_into(name: str) -> None:
    place = place_of(UUID(hex=name))
    place.parent.mkdir(parents=True)
    place.write_bytes(b"A signed paper.")
    grown_old(place)
    assert f"{place}: 15 bytes" in said()


def test_only_what_no_row_names_is_removed() -> None:
    named, left, young = keep(), left_behind(), left_behind()
    unfinished = left.with_suffix(UNFINISHED)
    unfinished.write_bytes(b"A sig")
    for path in (place_of(named.key), left, unfinished):
        grown_old(path)
    assert "2 files removed." in said("--remove")
    assert (left.exists(), unfinished.exists(), young.exists()) == (False, False, True)
    assert read(named) == b"A signed paper."


def test_beside_a_database_that_names_no_file_nothing_is_removed() -> None:
    grown_old(left := left_behind())
    with pytest.raises(CommandError, match="names no file at all"):
        said("--remove")
    assert left.exists()
    assert not StoredFile.objects.exists()


def test_a_folder_that_cannot_be_read_keeps_no_daily_e_mail_back(
    cast: Cast, mailbox: Mailbox
) -> None:
    place = place_of(keep().key).parent
    place.rename(aside := place.with_name("aside"))
    place.write_text("no folder")
    try:
        with clock.at(clock.london_instant(clock.today(), time(9))):
            admin = cast.system_administrator.email
            tell_administrators()
            assert "could not be read: look at FILES_FOLDER" in str(mailbox.to(admin)[0].body)
    finally:
        place.unlink()
        aside.rename(place)


def test_verify_all_and_the_administrators_hear_of_it(cast: Cast, mailbox: Mailbox) -> None:
    keep()
    left = left_behind()
    out = StringIO()
    admin = cast.system_administrator.email
    with clock.at(clock.london_instant(clock.today(), time(9))):
        grown_old(left)
        call_command("verify_all", stdout=out)
        tell_administrators()
        assert "1 stored file is named by no row" in str(mailbox.to(admin)[0].body)
    assert "Stored files: 1 right.\n  1 file is named by no row." in out.getvalue()
