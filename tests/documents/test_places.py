"""So many children work at once on a machine, whoever asked for them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from documents import places as places_module
from documents.limited import MEGABYTE, Limits, Stopped, run
from documents.places import (
    PERSON,
    STRANGER,
    THREADS,
    WORKER,
    Caller,
    NoPlace,
    place_for,
    thread_for_files,
)
from mou_portal import web_server
from tests.pdf import busy_with_files

LIMITS = Limits(memory=512 * MEGABYTE, cpu=5, wall=5, answer=MEGABYTE)
AT_ONCE = Caller(wait=0, on_page=False)
HOLD = """
import fcntl, sys, time
place = open(sys.argv[1], "ab")
fcntl.flock(place, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> Path:
    settings.PLACES_FOLDER, settings.CHILDREN_AT_ONCE = tmp_path, 3
    return tmp_path


@contextmanager
def held(*callers: Caller) -> Iterator[None]:
    with ExitStack() as stack:
        for caller in callers:
            stack.enter_context(place_for(caller))
        yield


def test_no_more_than_the_places_work_at_once() -> None:
    with held(WORKER, WORKER, WORKER), pytest.raises(NoPlace), place_for(AT_ONCE):
        pass
    with held(WORKER, WORKER, WORKER):
        pass


def test_strangers_hold_one_place_and_the_others_stay_free() -> None:
    with held(STRANGER):
        with pytest.raises(NoPlace), place_for(STRANGER):
            pass
        with held(PERSON):
            pass
    with held(WORKER, WORKER), held(STRANGER):  # these begin at the other end
        pass


def test_a_process_gives_most_of_its_threads_to_nobody_who_waits() -> None:
    assert web_server.threads > THREADS
    with busy_with_files(), pytest.raises(NoPlace), place_for(PERSON):
        pass
    with busy_with_files(), held(WORKER):
        pass


def test_a_thread_counts_once_with_all_that_it_does_for_one_page() -> None:
    with thread_for_files(), held(PERSON, PERSON), thread_for_files():
        assert places_module._threads._value == THREADS - 1
    assert places_module._threads._value == THREADS


def test_who_waits_gets_the_place_that_is_given_back() -> None:
    def hold() -> None:
        with held(WORKER, WORKER, WORKER):
            time.sleep(0.4)

    holder = Thread(target=hold)
    holder.start()
    time.sleep(0.1)
    with held(PERSON):
        holder.join()


def test_other_processes_count_and_a_killed_one_gives_its_place_back(places: Path) -> None:
    with held(STRANGER):
        pass
    command = [sys.executable, "-c", HOLD, str(places / "0")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(NoPlace), place_for(STRANGER):
            pass
        other.kill()
    with held(STRANGER):
        pass


def test_no_place_is_no_answer_and_the_next_one_gets_it() -> None:
    with held(WORKER, WORKER, WORKER), pytest.raises(Stopped) as stop:
        run("read", {}, [b"%PDF-"], LIMITS, caller=AT_ONCE)
    assert (stop.value.why, stop.value.passing) == ("busy", True)
    assert run("read", {}, [b"%PDF-"], LIMITS) == ({"words": ""}, [])
