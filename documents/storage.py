"""Where files are kept: under random names, never changed, checked whenever they are read. How one
is removed for good stands in `documents.removing`."""

from __future__ import annotations

import errno
import os
import uuid
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from documents.models import Repair, StoredFile
from documents.office import OfficeFile
from documents.uploads import PDF, BroughtPdf
from house import clock
from house.refusals import Refused
from house.text import tidy_line

LONGEST_NAME: Final = 150
UNFINISHED: Final = ".unfinished"
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FileDamaged(Exception):
    """A stored file is missing, or is not what was stored."""


class FileRemoved(FileDamaged):
    """A stored file was removed for good, by somebody's recorded decision."""


def store(data: bytes, *, name: str, content_type: str) -> StoredFile:
    """Keeps the bytes for good. The row is made only when the file is whole and on the disk.

    Raises Refused when the disk is full.
    """
    key = uuid.uuid4()
    _write(place_of(key), data)
    return StoredFile.objects.create(
        key=key,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        content_type=content_type,
        name=tidy_name(name),
        created_at=clock.now(),
    )


def keep(brought: BroughtPdf | OfficeFile, *, name: str) -> StoredFile:
    """The file that counts, stored; with it the one that was brought, where that is another.

    Raises Refused when the disk is full.
    """
    kept = store(brought.data, name=name, content_type=brought.content_type)
    if mended := brought.mended:
        original = store(mended.original, name=name, content_type=PDF)
        faults = list(mended.faults)
        Repair.objects.create(original=original, copy=kept, faults=faults, pages=mended.pages)
    return kept


def kept_as(*sha256: str) -> list[int]:
    """The ids of the stored files with these bytes, and of those that are copies of such a file."""
    found = list(StoredFile.objects.filter(sha256__in=sha256).values_list("pk", flat=True))
    copies = Repair.objects.filter(original__in=found).values_list("copy", flat=True)
    return [*found, *copies] if found else []


def put_back(key: uuid.UUID, data: bytes) -> None:
    """A file from a back-up under the name that it had. Raises Refused when the disk is full."""
    place = place_of(key)
    place.with_suffix(UNFINISHED).unlink(missing_ok=True)
    _write(place, data)


def read(file: StoredFile) -> bytes:
    """The bytes that were stored. Raises FileDamaged when they are gone or differ."""
    try:
        data = place_of(file.key).read_bytes()
    except FileNotFoundError:
        if file.is_removed:
            raise FileRemoved(f"The stored file {file.key} was removed for good.") from None
        raise FileDamaged(f"The stored file {file.key} is missing.") from None
    if len(data) != file.size or sha256(data).hexdigest() != file.sha256:
        raise FileDamaged(f"The stored file {file.key} is not what was stored.")
    return data


def download(file: StoredFile, *, name: str) -> HttpResponse:
    """The file as an attachment. Who may have it was asked before. Raises FileDamaged."""
    return attachment(read(file), name=name, content_type=file.content_type)


def attachment(data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Bytes for somebody to keep, which no browser opens as a page of the portal."""
    response = HttpResponse(data, content_type=content_type)
    disposition = content_disposition_header(as_attachment=True, filename=tidy_name(name))
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def tidy_name(name: str) -> str:
    """A file name without folders or hidden characters, of a length that every system takes."""
    last = PurePosixPath(tidy_line(name).replace("\\", "/")).name.strip(". ")
    stem, dot, extension = last.rpartition(".")
    if not dot or len(extension) > 10:
        return last[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"


def folder_of_files() -> Path:
    return Path(default_storage.path(""))


def place_of(key: uuid.UUID) -> Path:
    """Spread over 256 folders: one folder of a million files is slow to list and to back up."""
    return Path(default_storage.path(f"{key.hex[:2]}/{key.hex}"))


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a file under its real name is complete and on the disk."""
    unfinished = path.with_suffix(UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(unfinished, data)
        unfinished.replace(path)
        _write_listing(path.parent)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Refused(
            "The portal's disk is full, so the file was not kept. Nothing else was lost. "
            "Tell your administrator, and try again later."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    """Down to the disk, and for the portal's own account alone."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _write_listing(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    listing = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(listing)
    finally:
        os.close(listing)
