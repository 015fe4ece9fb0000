"""Processor time: of this process, of its children, and of the one PostgreSQL process behind it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UPS = 2


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the portal, of the database, and of child processes that have ended."""

    portal: float
    database: float
    children: float = 0

    @property
    def total(self) -> float:
        return self.portal + self.database

    def __sub__(self, before: Cost) -> Cost:
        return Cost(
            self.portal - before.portal,
            self.database - before.database,
            self.children - before.children,
        )


def so_far() -> Cost:
    children = getrusage(RUSAGE_CHILDREN)
    return Cost(
        time.process_time() * 1_000, _of_database(), (children.ru_utime + children.ru_stime) * 1_000
    )


def _of_database() -> float:
    """Of the server's process for our connection: proc(5) counts it in nanoseconds."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1_000_000


def cost_of(act: Callable[[], Any]) -> Cost:
    """What it costs once."""
    before = so_far()
    act()
    return so_far() - before


def typical(act: Callable[[], Any], *, times: int, warm_ups: int = WARM_UPS) -> Cost:
    """The one in the middle of several, by what portal and database take together."""
    for _ in range(warm_ups):
        act()
    costs = sorted((cost_of(act) for _ in range(times)), key=lambda cost: cost.total)
    return costs[len(costs) // 2]


def queries_of(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as found:
        act()
    return len(found)


def median_ms(act: Callable[[], Any], *, times: int) -> float:
    """Milliseconds by the clock: for what waits for others, such as a server."""
    taken = []
    for _ in range(times):
        start = time.monotonic()
        act()
        taken.append((time.monotonic() - start) * 1_000)
    return median(taken)
