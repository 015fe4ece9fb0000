"""Many people at one moment, in processes that stay for many rounds of the same acts.

As several workers of a web server they share nothing but the database and the files. `at_once` has
a thread for each act instead: quicker for one round of a few.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections

from house.actor import acting_as
from house.refusals import Refused
from tests.at_once import Act

LONGEST = 120  # seconds of a round

# The places of acts, in the order in which they begin -> the sentence with which each was refused,
# empty where it was done.
Press = Callable[[Sequence[int]], list[str]]
_FORK = multiprocessing.get_context("fork")


@contextmanager
def crowd(acts: Sequence[Act], processes: int) -> Iterator[Press]:
    """So many processes, each of which takes every so-manyth act that is pressed.

    What is raised but refusals fails the test.
    """
    connections.close_all()  # a connection is never shared with a child
    start, ends = _FORK.Barrier(processes), [_FORK.Pipe() for _ in range(processes)]
    workers = [
        _FORK.Process(target=_work, args=(acts, theirs, start), daemon=True) for _, theirs in ends
    ]
    for worker in workers:
        worker.start()
    try:
        yield lambda order: _press(order, [ours for ours, _ in ends])
    finally:
        for worker in workers:
            worker.kill()
            worker.join()


def _press(order: Sequence[int], ends: Sequence[Any]) -> list[str]:
    connections.close_all()
    for number, end in enumerate(ends):
        end.send(order[number :: len(ends)])
    said: dict[int, list[str]] = {}
    for end in ends:
        assert end.poll(LONGEST), "A process had no answer."
        for place, each in end.recv():
            said.setdefault(place, []).append(each)
    raised = [each for some in said.values() for each in some if each.startswith("Traceback")]
    assert not raised, raised[0]
    return [said[place].pop() for place in order]


def _work(acts: Sequence[Act], end: Any, start: Any) -> None:
    while True:
        places = end.recv()
        start.wait(LONGEST)
        end.send([(place, _answer(*acts[place])) for place in places])


def _answer(who: Any, act: Callable[[], Any]) -> str:
    try:
        with acting_as(who):
            act()
    except Refused as refused:
        return refused.sentence
    except Exception:
        return traceback.format_exc()
    finally:
        connections.close_all()
    return ""
