from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from documents.models import StoredFile
from documents.storage import FileDamaged, download, read, store, tidy_name
from house import clock
from house.refusals import Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2013, 9, 3, 11, 0, tzinfo=UTC)


def stored(data: bytes = b"%PDF-1.7 the whole file") -> StoredFile:
    with clock.at(NOON):
        return store(data, name="Signed copy.pdf", content_type="application/pdf")


def path_of(file: StoredFile) -> Path:
    return Path(default_storage.path(f"{file.key.hex[:2]}/{file.key.hex}"))


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file of this process may grow larger, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_comes_back_as_it_was_stored() -> None:
    file = StoredFile.objects.get(pk=stored().pk)
    assert read(file) == b"%PDF-1.7 the whole file"
    assert (file.size, file.sha256) == (23, sha256(b"%PDF-1.7 the whole file").hexdigest())
    assert (file.name, file.created_at) == ("Signed copy.pdf", NOON)


def test_a_file_is_kept_under_a_random_name_for_the_portal_alone() -> None:
    path = path_of(stored())
    assert "Signed" not in str(path)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"%PDF-1.7 the whole filf", b"%PDF-1.7 the", b""])
def test_a_damaged_file_is_never_handed_out(damage: bytes) -> None:
    file = stored()
    path_of(file).write_bytes(damage)
    with pytest.raises(FileDamaged, match="not what was stored"):
        read(file)


def test_a_missing_file_is_named() -> None:
    file = stored()
    path_of(file).unlink()
    with pytest.raises(FileDamaged, match=str(file.key)):
        download(file, name="x.pdf")


def test_a_full_disk_leaves_no_row_and_no_part_of_a_file() -> None:
    stored()
    before = set(Path(default_storage.path(".")).rglob("*"))
    with full_disk(room=1000), pytest.raises(Refused, match="disk is full"):
        store(b"x" * 2000, name="x.pdf", content_type="application/pdf")
    assert StoredFile.objects.count() == 1
    after = Path(default_storage.path(".")).rglob("*")
    assert [path for path in after if path.is_file() and path not in before] == []


def test_a_row_never_changes() -> None:
    file = stored()
    file.name = "Another.pdf"
    with pytest.raises(TypeError, match="never changes"):
        file.save()
    with pytest.raises(TypeError, match="never changes"):
        StoredFile.objects.update(name="Another.pdf")
    with pytest.raises(Error, match="never changes"), transaction.atomic():
        connection.cursor().execute("UPDATE documents_storedfile SET name = 'Another.pdf'")


def test_a_download_is_an_attachment_that_can_do_nothing() -> None:
    response = download(stored(), name="Mémorandum “2013”.pdf")
    assert response.content == b"%PDF-1.7 the whole file"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''M%C3%A9mor")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("C:\\Scans\\Signed copy.pdf", "Signed copy.pdf"),
        ("../../etc/passwd", "passwd"),
        ("bill\u202efdp.exe", "billfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("..", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_tidied(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_is_safe(name: str) -> None:
    tidy = tidy_name(name)
    assert 0 < len(tidy) <= 150
    assert not set(tidy) & set("/\\\r\n\0")
