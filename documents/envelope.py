"""How the portal and its limited child process hand each other data and files.

One line of JSON, then the files' bytes one after the other. Plain data only: what comes back
from a child that read a hostile file must not be able to run anything here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


class Torn(ValueError):
    """The bytes are not a whole envelope."""


def pack(data: dict[str, Any], files: Sequence[bytes] = ()) -> bytes:
    line = json.dumps({"data": data, "sizes": [len(file) for file in files]})
    return b"".join([line.encode(), b"\n", *files])


def unpack(envelope: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The data and the files. Raises Torn unless every byte that was announced is there."""
    line, newline, rest = envelope.partition(b"\n")
    try:
        head = json.loads(line)
        data, sizes = dict(head["data"]), [int(size) for size in head["sizes"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Torn(str(error)) from None
    if not newline or min(sizes, default=0) < 0 or sum(sizes) != len(rest):
        raise Torn(f"{len(rest)} bytes for {sizes}")
    files, start = [], 0
    for size in sizes:
        files.append(rest[start : start + size])
        start += size
    return data, files
