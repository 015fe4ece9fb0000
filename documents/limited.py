"""Runs a task in a child process that cannot take more time or memory than it is given.

`subprocess`, because `multiprocessing` fails inside a Celery worker's child. The limits are set
by the child itself: a function run between fork and exec is not safe beside threads.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, BinaryIO, Final

from documents.child import OUT_OF_MEMORY, TOO_DEEP, Torn, pack, unpack
from documents.places import PERSON, Caller, NoPlace, place_for

ROOT: Final = Path(__file__).resolve().parent.parent
MEGABYTE: Final = 1024 * 1024
# An equal input gives equal bytes only when nothing in the file tells the hour of the run.
EPOCH: Final = 946_684_800  # seconds: 1 January 2000
# The child starts no programs. Python would ask gcc and ld, if it found them, for each name that a
# shared library may have: for one print 32 times, a tenth of its CPU time.
NO_PROGRAMS: Final = "/nowhere"
TO_START: Final = 1  # seconds: the child sets its own alarm once it runs
BUSY: Final = "The portal is busy with other files just now. Try again in a minute."
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """Bytes of memory and of the answer, seconds of CPU and of waiting."""

    memory: int
    cpu: int
    wall: int
    answer: int


class Stopped(Exception):
    """There is no answer. `why`: "busy", "time", "memory", "depth", "size" or "failure"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def passing(self) -> bool:
        """Whether the cause may be the moment and not the file: nothing was found out of it."""
        return self.why in ("busy", "time", "failure")


Answer = tuple[dict[str, Any], list[bytes]]


def run(
    task: str,
    data: dict[str, Any],
    files: Sequence[bytes],
    limits: Limits,
    *,
    caller: Caller = PERSON,
) -> Answer:
    """The child's whole answer. Raises Stopped when there is none, for whatever reason."""
    try:
        with place_for(caller):
            return unpack(_answer(task, pack(data, files), limits))
    except NoPlace:
        raise Stopped("busy") from None
    except (OSError, Torn) as error:
        logger.warning("documents: %s failed: %s", task, error)
        raise Stopped("failure") from error


def _answer(task: str, envelope: bytes, limits: Limits) -> bytes:
    """Files, not pipes: nobody waits for the other to read, and the answer has a largest size."""
    with (
        TemporaryDirectory(prefix="documents-") as folder,
        TemporaryFile() as question,
        TemporaryFile() as answer,
        TemporaryFile() as complaints,
    ):
        question.write(envelope)
        question.seek(0)
        code = _wait(task, limits, folder, question, answer, complaints)
        if code != 0:
            _note(task, code, complaints)
            raise Stopped(_reason(code, _written(answer), limits))
        answer.seek(0)
        return answer.read()


def _wait(
    task: str, limits: Limits, folder: str, question: BinaryIO, answer: BinaryIO, log: BinaryIO
) -> int:
    numbers = map(str, (limits.memory, limits.cpu, limits.wall, limits.answer))
    try:
        return subprocess.run(
            [sys.executable, "-P", "-m", "documents.child", str(os.getpid()), task, *numbers],
            stdin=question,
            stdout=answer,
            stderr=log,
            cwd=folder,
            env=_environment(folder),
            timeout=limits.wall + TO_START,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGALRM


def _environment(folder: str) -> dict[str, str]:
    """Nothing of the portal's own environment, which holds its secrets."""
    return {
        "PATH": NO_PROGRAMS,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": folder,
        "HOME": folder,
        "FONTCONFIG_FILE": str(ROOT / "documents" / "print" / "fonts.conf"),
        "SOURCE_DATE_EPOCH": str(EPOCH),
    }


def _written(file: BinaryIO) -> int:
    return file.seek(0, 2)


def _reason(code: int, written: int, limits: Limits) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM):
        return "time"
    if code == TOO_DEEP:
        return "depth"
    if code == OUT_OF_MEMORY:
        return "memory"
    return "size" if written >= limits.answer else "failure"


def _note(task: str, code: int, complaints: BinaryIO) -> None:
    """The last words of the child, cut short, for whoever reads the log."""
    complaints.seek(max(0, _written(complaints) - 500))
    words = complaints.read().decode("utf-8", "replace").strip().splitlines()
    logger.warning("documents: %s ended with %s: %s", task, code, words[-1] if words else "")
