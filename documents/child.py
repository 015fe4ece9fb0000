"""The limited child process: `python -m documents.child PARENT TASK MEMORY CPU WALL ANSWER`.

It reads an envelope from standard input and writes one to standard output: one line of JSON, then
the files' bytes one after the other. Plain data only: what comes back from a child that read a
hostile file must not be able to run anything here. It loads neither Django nor the settings, and
gets no secrets in its environment.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, BinaryIO

# Each of these modules has `answer(data, files) -> (data, files)`.
TASKS = {
    "render": "documents.typesetting",
    "pdf": "documents.pdf_repair",
    "sheet": "documents.sheet_rules",
    "calendar": "documents.calendar_rules",
    "office": "documents.office_rules",
    "email": "documents.email_rules",
    "inspect": "documents.examining",
    "read": "documents.reading",
}
OUT_OF_MEMORY, TOO_DEEP = 12, 13
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


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


def limit(memory: int, cpu: int, wall: int, answer: int) -> None:
    """Bytes of memory and of any file written, seconds of CPU and of waiting.

    The alarm ends the process even when nobody is left who waits for it.
    """
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, cpu)
    _lower(resource.RLIMIT_FSIZE, answer)
    _lower(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(wall)
    os.nice(5)  # pages come first


def end_with(parent: int) -> None:
    """Whoever is killed gives its place back at once (documents/places.py): nobody works on in it.

    Linux ends this process then; elsewhere its alarm does, later.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before this process had begun
        sys.exit(1)


def _lower(kind: int, to: int) -> None:
    """Never above what the machine allows, which would be refused."""
    _, hard = resource.getrlimit(kind)
    to = to if hard == resource.RLIM_INFINITY else min(to, hard)
    resource.setrlimit(kind, (to, to))


def private_output() -> BinaryIO:
    """Standard output kept for the answer alone: what a library prints goes to standard error."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def main(parent: str, task: str, *limits: str) -> int:
    end_with(int(parent))
    limit(*(int(number) for number in limits))
    output = private_output()
    try:
        data, files = unpack(sys.stdin.buffer.read())
        output.write(pack(*import_module(TASKS[task]).answer(data, files)))
        output.close()
    except MemoryError:
        return OUT_OF_MEMORY
    except RecursionError:
        return TOO_DEEP
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
