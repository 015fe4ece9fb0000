"""Whether an archive may be restored at all: asked before anything is touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Final

from mou_portal.backups.manifest import Manifest, read_manifest
from mou_portal.backups.members import DATABASE, FILES, MANIFEST, SUMS, line_of, members
from mou_portal.backups.sums import Unfit, require_whole

_FILE: Final = re.compile(rf"{FILES}([0-9a-f]{{2}})/\1[0-9a-f]{{30}}")


@dataclass(frozen=True)
class Checked:
    manifest: Manifest
    # Name of a member -> its SHA-256, of the database and of each file.
    sums: dict[str, str]


def check(file: BinaryIO) -> Checked:
    """Raises Unfit, with what is wrong, unless it is whole, ours and holds what it says."""
    require_whole(file)
    sums: dict[str, str] = {}
    listed, told = "", b""
    for name, content in members(file):
        if told or (listed and name != MANIFEST):
            raise Unfit(f"It holds {name} behind its end.")
        if name == MANIFEST:
            told = content.all()
            continue
        content.skip()
        if name == SUMS:
            listed = content.digest
        else:
            _require_place(name, sums)
            sums[name] = content.digest
    manifest = read_manifest(told)
    _require_what_it_says(manifest, sums, listed)
    return Checked(manifest, sums)


def _require_place(name: str, before: dict[str, str]) -> None:
    """The database comes first, and once; then files, each once."""
    right = _FILE.fullmatch(name) if before else name in DATABASE.values()
    if not right or name in before:
        raise Unfit(f"It holds {name}, which does not belong there.")


def _require_what_it_says(manifest: Manifest, sums: dict[str, str], listed: str) -> None:
    of_members = sha256(b"".join(line_of(*each) for each in sums.items())).hexdigest()
    if not listed == of_members == manifest.sums:
        raise Unfit("Its members are not those that it lists.")
    if DATABASE.get(manifest.database) not in sums:
        raise Unfit("It holds another kind of database than it says.")
    if len(sums) != manifest.files + 1:
        raise Unfit(f"It says that it holds {manifest.files} files, and has {len(sums) - 1}.")
