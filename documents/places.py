"""Places for child processes: so many work at once on this machine, whoever asked for them.

A child takes all of a processor, and the page that waits for it holds a thread of the web server.
Without a limit, sixteen files of a stranger would be the whole portal. A place is a file that is
locked while it is held: whoever is killed gives it back.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Semaphore, local
from typing import BinaryIO, Final

from django.conf import settings

# Of one process: the web server's other threads go on giving pages (mou_portal/web_server.py).
THREADS: Final = 2
LOOK_EVERY: Final = 0.05  # seconds
_threads: Final = Semaphore(THREADS)
_this_thread: Final = local()


@dataclass(frozen=True)
class Caller:
    """For whom a child works: seconds that they wait for a place, and how many they may hold."""

    wait: float
    places: int | None = None
    # Whether a thread of the web server waits for the answer.
    on_page: bool = True


STRANGER: Final = Caller(wait=0, places=1)
PERSON: Final = Caller(wait=5)
WORKER: Final = Caller(wait=60, on_page=False)


class NoPlace(Exception):
    """All places are held, and stayed so for as long as the caller waits."""


@contextmanager
def thread_for_files() -> Iterator[None]:
    """Counts this thread of the web server among the few that may do what is dear. Raises NoPlace.

    Around a child's work, and around what leads up to it, where that is dear too.
    """
    if getattr(_this_thread, "counts", False):
        yield
        return
    if not _threads.acquire(blocking=False):
        raise NoPlace
    _this_thread.counts = True
    try:
        yield
    finally:
        _this_thread.counts = False
        _threads.release()


@contextmanager
def place_for(caller: Caller) -> Iterator[None]:
    """Holds one of the machine's places during the block. Raises NoPlace."""
    with thread_for_files() if caller.on_page else nullcontext(), _taken(caller):
        yield


def _taken(caller: Caller) -> BinaryIO:
    until = time.monotonic() + caller.wait
    # From the other end: the first is the only one that strangers may hold.
    files = _places()[: caller.places][::-1]
    while True:
        for file in files:
            if place := _locked(file):
                return place
        if time.monotonic() >= until:
            raise NoPlace
        time.sleep(LOOK_EVERY)


def _places() -> list[Path]:
    folder = Path(settings.PLACES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    return [folder / str(number) for number in range(settings.CHILDREN_AT_ONCE)]


def _locked(file: Path) -> BinaryIO | None:
    opened = file.open("ab")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        opened.close()
        return None
    return opened
