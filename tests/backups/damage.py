"""Twenty and more ways in which an archive can be other than the one that was made."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from io import BytesIO

from mou_portal.backups.sums import LENGTH, Sums

Damage = Callable[[bytes], bytes]
HEADER = 512
Member = tuple[str, bytes]


def flipped(at: Callable[[bytes], int], bit: int = 0) -> Damage:
    """One bit of the byte at this place is another."""

    def flip(archive: bytes) -> bytes:
        place = at(archive)
        changed = archive[place] ^ (1 << bit)
        return archive[:place] + bytes([changed]) + archive[place + 1 :]

    return flip


def flipped_at(place: int, bit: int) -> Damage:
    return flipped(lambda _: place, bit)


def resealed(tar: bytes) -> bytes:
    """With the sums that whoever has our key would write behind it."""
    sums = Sums()
    sums.take(tar)
    return tar + sums.line()


def rebuilt(change: Callable[[list[Member]], Iterable[Member]]) -> Damage:
    """Other members, with the right sums: as if our own code had made it wrongly."""

    def rebuild(archive: bytes) -> bytes:
        with tarfile.open(fileobj=BytesIO(archive[:-LENGTH])) as tar:
            found = [(each.name, tar.extractfile(each)) for each in tar]
            members = [(name, content.read()) for name, content in found if content]
        return resealed(_packed(change(members)))

    return rebuild


def with_database(change: Damage) -> Damage:
    """Another database, which every sum in the archive takes for the right one."""

    def exchange(members: list[Member]) -> list[Member]:
        (name, database), *files, (sums, listed), (manifest, said) = members
        database, before = change(database), sha256(database).hexdigest()
        listing = listed.replace(before.encode(), sha256(database).hexdigest().encode())
        said = said.replace(
            sha256(listed).hexdigest().encode(), sha256(listing).hexdigest().encode()
        )
        return [(name, database), *files, (sums, listing), (manifest, said)]

    return rebuilt(exchange)


def _packed(members: Iterable[Member]) -> bytes:
    into = BytesIO()
    with tarfile.open(mode="w", fileobj=into) as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    return into.getvalue()


def _with_link(archive: bytes) -> bytes:
    into = BytesIO()
    with tarfile.open(mode="w", fileobj=into) as tar:
        link = tarfile.TarInfo("database.dump")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return resealed(into.getvalue())


def _doctored_manifest(members: list[Member]) -> list[Member]:
    name, manifest = members[-1]
    return [*members[:-1], (name, manifest.replace(b'"files": 2', b'"files": 3'))]


def _swapped_files(members: list[Member]) -> list[Member]:
    database, (one, first), (other, second), *rest = members
    return [database, (one, second), (other, first), *rest]


def _at(text: bytes) -> Callable[[bytes], int]:
    return lambda archive: archive.rindex(text)


def _swapped(archive: bytes) -> bytes:
    """Two blocks of 512 bytes in each other's place."""
    middle = len(archive) // 2 // HEADER * HEADER
    one, other = archive[HEADER : 2 * HEADER], archive[middle : middle + HEADER]
    return b"".join(
        (archive[:HEADER], other, archive[2 * HEADER : middle], one, archive[middle + HEADER :])
    )


DAMAGES: dict[str, Damage] = {
    "nothing in it": lambda _: b"",
    "only the last line": lambda archive: archive[-LENGTH:],
    "cut by one byte": lambda archive: archive[:-1],
    "cut by the last line": lambda archive: archive[:-LENGTH],
    "cut in the middle": lambda archive: archive[: len(archive) // 2],
    "cut in its beginning": lambda archive: archive[HEADER:],
    "a byte behind it": lambda archive: archive + b"\n",
    "a byte in the middle": lambda archive: archive[:9000] + b"\0" + archive[9000:],
    "zeros on the disk": lambda archive: archive[:4096] + bytes(4096) + archive[8192:],
    "two blocks swapped": _swapped,
    "another file": lambda archive: b"PK\x03\x04" + archive[4:-LENGTH] + bytes(LENGTH),
    "a bit of the first name": flipped(lambda _: 3),
    "a bit of a member's mode": flipped(lambda _: 103),
    "a bit of a member's time": flipped(lambda _: 140),
    "a bit of a header's sum": flipped(lambda _: 150),
    "a bit of a header's padding": flipped(lambda _: 505),
    "a bit of the database": flipped(lambda _: HEADER + 4000, bit=6),
    "a bit of a stored file": flipped(_at(b"scanned")),
    "a bit of padding behind a file": flipped(lambda a: a.rindex(b"scanned") + 100),
    "a bit of the list of sums": flipped(_at(b"  database.")),
    "a bit of the manifest": flipped(_at(b'"made_at"')),
    "a bit of the zeros at the end": flipped(lambda archive: len(archive) - LENGTH - 1),
    "a bit of the last line's words": flipped(_at(b"mou-portal back-up")),
    "a bit of the last line's sum": flipped(lambda archive: len(archive) - 120),
    "a bit of the last line's keyed sum": flipped(lambda archive: len(archive) - 10),
    "another format": lambda a: re.sub(rb"back-up 01 sha", b"back-up 02 sha", a),
    "a member missing": rebuilt(lambda members: [members[0], *members[2:]]),
    "a member more": rebuilt(lambda members: [members[0], ("files/x", b"x"), *members[1:]]),
    "a member twice": rebuilt(lambda members: [*members[:2], *members[1:]]),
    "two files swapped": rebuilt(_swapped_files),
    "something behind the manifest": rebuilt(lambda members: [*members, members[1]]),
    "no manifest": rebuilt(lambda members: members[:-1]),
    "a manifest that says otherwise": rebuilt(_doctored_manifest),
    "a way out of the folder": rebuilt(lambda m: [m[0], ("files/../../x", b"x"), *m[1:]]),
    "a link instead of the database": _with_link,
}
