"""The kinds of background jobs: what is done with each row, and with all of them at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobs.models import JobRow


@dataclass(frozen=True)
class Work:
    """What is done with one row.

    `prepare` goes first, outside a transaction: slow work whose outcome `act` is given. `act` runs
    in the transaction that marks the row, so it is done once. `afterwards` is outside again. What
    stands outside may be repeated after a kill.
    """

    act: Callable[[JobRow, Any], None] | None = None
    prepare: Callable[[JobRow], Any] | None = None
    afterwards: Callable[[JobRow], None] | None = None


@dataclass(frozen=True)
class JobKind:
    """`last` is done once all rows were tried; also where some of them failed.

    `not_again` says why nobody has the rest tried again; empty where people may.
    """

    key: str
    each: Work
    last: Work | None = None
    not_again: str = ""

    def work_of(self, row: JobRow) -> Work:
        return self.last if row.is_last and self.last else self.each


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> JobKind:
    """Adds a kind; a second one of the same key takes the place of the first."""
    _kinds[kind.key] = kind
    return kind


def kind_of(key: str) -> JobKind:
    return _kinds[key]
