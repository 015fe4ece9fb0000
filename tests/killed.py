"""A process that is killed (kill -9) while it works, and the rows that it worked on put back.

A fork of the test does the work, on connections of its own. It ends itself at the step that a
test chose, or at a moment, when the test ends it.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import monotonic, sleep
from typing import Any, Final, NoReturn
from unittest.mock import patch

from django.db import connection, connections, transaction

from tests.put_back import Rows, all_rows, insert

WRITES: Final = ("INSERT", "UPDATE", "DELETE")


def killed(work: Callable[[], object], *, after: float | None = None) -> bool:
    """Whether a fork that does this work was killed: by itself, or by us after so many seconds.

    Raises AssertionError where the work failed.
    """
    child, helpers = forked(work), list[int]()
    if after is not None:
        sleep(after)
        helpers = _children_of(child)
        os.kill(child, signal.SIGKILL)  # one that has ended waits for us, so the id is its own
    dead = was_killed(child)
    assert _end_soon(helpers), "A child process of who was killed works on."
    return dead


def forked(work: Callable[[], object]) -> int:
    """A process of its own that does this work; its id."""
    connections.close_all()
    child = os.fork()
    if not child:
        _work(work)
    return child


def was_killed(child: int) -> bool:
    """How it ended, once it has. Raises AssertionError where its work failed."""
    status = os.waitpid(child, 0)[1]
    assert not os.WIFEXITED(status) or not os.WEXITSTATUS(status), "The work failed, see above."
    return os.WIFSIGNALED(status)


def cpu_seconds() -> float:
    """Of this process and those that it forked, the database's own apart."""
    return sum(
        used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    )


def _work(work: Callable[[], object]) -> NoReturn:
    try:
        work()
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        os._exit(1)
    os._exit(0)


def _children_of(process: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _end_soon(processes: list[int]) -> bool:
    """Within the time that one needs to begin and see that nobody waits for it."""
    until = monotonic() + 10
    while left := [each for each in processes if _works(each)]:
        if monotonic() > until:
            return not left
        sleep(0.02)
    return True


def _works(process: int) -> bool:
    """Whether it is there, and not only waits to be counted as ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


@dataclass
class Steps:
    """Counts what a process does to the database: its statements that write, and its commits.

    It dies before or after the step of the number `at`; 0 lets it live.
    """

    at: int = 0
    dies_after: bool = False
    seen: int = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        commit = connection._commit  # type: ignore[attr-defined]
        with (
            connection.execute_wrapper(self._statement),
            patch.object(connection, "_commit", lambda: self._step(commit)),
        ):
            yield

    def _statement(self, execute: Any, sql: Any, *said: Any) -> Any:
        if str(sql).lstrip().upper().startswith(WRITES):
            return self._step(lambda: execute(sql, *said))
        return execute(sql, *said)

    def _step(self, do: Callable[[], Any]) -> Any:
        self.seen += 1
        if self.seen == self.at and not self.dies_after:
            die()
        done = do()
        if self.seen == self.at:
            die()
        return done


# --- Rows -----------------------------------------------------------------------------------

# What a request writes about its reader alone, and what any may count.
PASSING: Final = frozenset({"django_session", "mou_portal_cache"})


def rows() -> Rows:
    """Of every table of the portal."""
    return {table: found for table, found in all_rows().items() if table not in PASSING}


def how_many(found: Rows) -> dict[str, int]:
    return {table: len(values) for table, (_, values) in found.items() if values}


def put_back_to(before: Rows) -> None:
    """The rows that differ are as they were then. PostgreSQL's triggers look away meanwhile."""
    now = rows()
    changed = {table: found for table, found in before.items() if now[table] != found}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in changed:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from the database itself
        for table, (columns, values) in changed.items():
            for some in _by_hundreds(values):
                insert({table: (columns, some)})


def _by_hundreds(values: set[tuple[Any, ...]]) -> Iterator[set[tuple[Any, ...]]]:
    left = iter(values)
    while some := set(islice(left, 100)):
        yield some
