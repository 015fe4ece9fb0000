"""The members of an archive: which there are, in which order, written and read one by one.

An ordinary tar, so that a person can look into it and take one file out. SHA256SUMS lists the
others as `sha256sum --check` reads it.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO, BinaryIO, Final, cast

from mou_portal.backups.sums import CHUNK, SummedFile, Unfit

DATABASE: Final = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}
FILES: Final = "files/"
SUMS: Final = "SHA256SUMS"
MANIFEST: Final = "manifest.json"


class Writer:
    """Adds members; `sums` takes a line for each."""

    def __init__(self, file: SummedFile, made_at: datetime, sums: BinaryIO) -> None:
        writes = cast("IO[bytes]", file)  # all that tarfile does with it
        self._tar = tarfile.open(mode="w|", fileobj=writes)  # noqa: SIM115 - closed in `finish`
        self._at, self._sums = made_at.timestamp(), sums

    def add(self, name: str, content: BinaryIO, size: int) -> str:
        """Adds one, and gives its SHA-256."""
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size, int(self._at), 0o600
        summed = Summed(content)
        self._tar.addfile(member, summed)
        # tarfile keeps a note of each member, of which there may be a million.
        self._tar.members.clear()  # type: ignore[attr-defined]
        if name not in (SUMS, MANIFEST):
            self._sums.write(line_of(name, summed.digest))
        return summed.digest

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, BytesIO(data), len(data))

    def finish(self) -> None:
        self._tar.close()


class Summed:
    """A stream that is summed up while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._sum = stream, sha256()

    def read(self, size: int = CHUNK) -> bytes:
        data = self._stream.read(size)
        self._sum.update(data)
        return data

    def all(self) -> bytes:
        return b"".join(iter(self.read, b""))

    def skip(self) -> None:
        for _ in iter(self.read, b""):
            pass

    def into(self, write: Callable[[bytes], object]) -> None:
        for data in iter(self.read, b""):
            write(data)

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def members(file: BinaryIO) -> Iterator[tuple[str, Summed]]:
    """Name and content of each, in order; what the caller leaves is passed over.

    Raises Unfit where it is no tar of plain files.
    """
    file.seek(0)
    try:
        with tarfile.open(mode="r|", fileobj=file, bufsize=CHUNK) as tar:
            while member := tar.next():
                content = tar.extractfile(member) if member.isreg() else None
                if content is None:
                    raise Unfit(f"It holds {member.name}, which is no plain file.")
                yield member.name, Summed(content)
                tar.members.clear()  # type: ignore[attr-defined]
    except (tarfile.TarError, EOFError) as problem:
        raise Unfit(f"It cannot be read as an archive: {problem}.") from None


def line_of(name: str, digest: str) -> bytes:
    return f"{digest}  {name}\n".encode()
