"""The last line of an archive: sums over every byte before it.

The plain sum says that the bytes are those that were written, the keyed one that a portal with our
AUDIT_KEY wrote them. Whoever restores it reads nothing else of the archive before both are right.
"""

from __future__ import annotations

import hmac
import os
import re
from hashlib import sha256
from typing import BinaryIO, Final

from django.conf import settings

FORMAT: Final = 1
CHUNK: Final = 1024 * 1024
_LINE: Final = re.compile(
    rb"\nmou-portal back-up (\d\d) sha256 ([0-9a-f]{64}) hmac-sha256 ([0-9a-f]{64})\n"
)
LENGTH: Final = len(b"\nmou-portal back-up 01 sha256  hmac-sha256 \n") + 2 * 64


class Unfit(Exception):
    """The archive is not to be restored. The message says what is wrong with it."""


class Sums:
    """Takes every byte in, and gives the line."""

    def __init__(self) -> None:
        self._plain = sha256()
        # AUDIT_KEY keys the audit's chain; a key of its own is made of it for this.
        key = hmac.digest(settings.AUDIT_KEY.encode(), b"mou-portal back-up 1", "sha256")
        self._keyed = hmac.new(key, digestmod="sha256")

    def take(self, data: bytes) -> None:
        self._plain.update(data)
        self._keyed.update(data)

    @property
    def plain(self) -> bytes:
        return self._plain.hexdigest().encode()

    @property
    def keyed(self) -> bytes:
        return self._keyed.hexdigest().encode()

    def line(self) -> bytes:
        return b"\nmou-portal back-up %02d sha256 %s hmac-sha256 %s\n" % (
            FORMAT, self.plain, self.keyed,
        )  # fmt: skip


class SummedFile:
    """What is written to it goes into the file and into the sums."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sums = file, Sums()

    def write(self, data: bytes) -> int:
        self._sums.take(data)
        return self._file.write(data)

    def finish(self) -> None:
        """Writes the last line, and everything down to the disk."""
        self._file.write(self._sums.line())
        self._file.flush()
        os.fsync(self._file.fileno())


def require_whole(file: BinaryIO) -> None:
    """Reads the archive from end to end. Raises Unfit unless each bit is as our portal wrote it."""
    size = file.seek(0, os.SEEK_END)
    if size < LENGTH:
        raise Unfit("It is empty or cut off: there is no back-up in it.")
    file.seek(size - LENGTH)
    line = _LINE.fullmatch(file.read(LENGTH))
    if line is None:
        raise Unfit("It is no back-up of this portal, or its end is missing or damaged.")
    number, plain, keyed = line.groups()
    if int(number) != FORMAT:
        raise Unfit(f"It is of format {int(number)}. This version of the portal reads {FORMAT}.")
    sums = _sums_of(file, size - LENGTH)
    if sums.plain != plain:
        raise Unfit("It is damaged: its bytes are not those that were written.")
    if not hmac.compare_digest(sums.keyed, keyed):
        raise Unfit("It was made with another AUDIT_KEY, or by somebody else.")


def _sums_of(file: BinaryIO, size: int) -> Sums:
    sums = Sums()
    file.seek(0)
    while size > 0:
        data = file.read(min(CHUNK, size))
        if not data:
            raise Unfit("It became shorter while it was read.")
        sums.take(data)
        size -= len(data)
    return sums
