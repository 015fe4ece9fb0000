"""What a test run costs: processor time, which is the same on a busy machine and on a quiet one."""

from __future__ import annotations

import os
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

TICKS = os.sysconf("SC_CLK_TCK")
PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """Seconds: of the processes waited for, of PostgreSQL where it can be seen, of a clock."""

    cpu: float
    postgres: float | None
    wall: float

    def __sub__(self, before: Cost) -> Cost:
        unseen = self.postgres is None or before.postgres is None
        postgres = None if unseen else (self.postgres or 0) - (before.postgres or 0)
        return Cost(self.cpu - before.cpu, postgres, self.wall - before.wall)

    def __str__(self) -> str:
        postgres = "cannot be read" if self.postgres is None else f"{self.postgres:.0f} s"
        return f"{self.cpu:.0f} s of CPU (PostgreSQL's own: {postgres}), {self.wall:.0f} s in all"


def cost_so_far() -> Cost:
    children = getrusage(RUSAGE_CHILDREN)
    return Cost(children.ru_utime + children.ru_stime, postgres_cpu(), time.monotonic())


def postgres_cpu(processes: Path = PROCESSES) -> float | None:
    """The seconds of every PostgreSQL on this machine so far; None where no process is seen.

    A process that ended counts with the one that it belonged to.
    """
    found = {each.pid: each for each in _processes(processes) if each.name == "postgres"}
    if not found:
        return None
    ticks = sum(
        each.own + (0 if each.parent in found else each.of_ended) for each in found.values()
    )
    return ticks / TICKS


@dataclass(frozen=True)
class _Process:
    pid: int
    name: str
    parent: int
    own: int
    of_ended: int


def _processes(folder: Path) -> list[_Process]:
    found = []
    for file in folder.glob("[0-9]*/stat"):
        try:
            pid, rest = file.read_text().split(" (", 1)
        except OSError:  # it has ended meanwhile
            continue
        name, numbers = rest.rsplit(") ", 1)
        stat = numbers.split()  # from the third field of proc(5) on: state, parent, ...
        own, of_ended = (sum(map(int, stat[n : n + 2])) for n in (11, 13))
        found.append(_Process(int(pid), name, int(stat[1]), own, of_ended))
    return found


def dearest(reports: list[Path], number: int = 10) -> list[tuple[float, str]]:
    """The tests that took most processor time: seconds, and part, module and name."""
    found = [
        (float(cost.get("value", 0)), f"{report.stem} {case.get('classname')}::{case.get('name')}")
        for report in reports
        for case in ET.parse(report).iter("testcase")  # noqa: S314 - pytest wrote it just now
        for cost in case.iterfind("properties/property[@name='cpu']")
    ]
    return sorted(found, reverse=True)[:number]
