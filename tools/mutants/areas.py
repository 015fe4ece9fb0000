"""The areas of `areas.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Area:
    """What is mutated together, and the files of tests that hold it."""

    code: tuple[Path, ...]
    tests: tuple[Path, ...]


def areas() -> dict[str, Area]:
    """By name, in the order of the file. Raises FileNotFoundError for a pattern without a file."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    return {
        name: Area(_found(of["code"]), _found(f"tests/{each}" for each in of["tests"]))
        for name, of in told.items()
    }


def _found(patterns: Iterable[str]) -> tuple[Path, ...]:
    return tuple(sorted({path for pattern in patterns for path in _matching(pattern)}))


def _matching(pattern: str) -> list[Path]:
    if not (found := list(Path().glob(pattern))):
        raise FileNotFoundError(f"No file is called {pattern}.")
    return found
