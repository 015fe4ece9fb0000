"""Proofs: tests of what docs/proof.toml promises, small in the suite, in full by `make proof`.

A test carries `@pytest.mark.proof("F1")` and asks the fixture `proof` how much to do and what
chance decides; `proof.shows("200 kills, 0 lost", reached=…)` notes what it found. On SQLite the
same test may prove another promise: `@pytest.mark.proof("C1", on_sqlite="C8")`. A test that
proves two, `@pytest.mark.proof("L7", "C6")`, says which one it shows: `proof.shows(…, of="C6")`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest

SEED = 20261129
NAME = "proof"


@dataclass(frozen=True)
class Proof:
    """How a test proves a promise in this run; `id` is that of the promise."""

    id: str
    full: bool
    seed: int
    item: pytest.Item

    def size(self, *, small: int, full: int) -> int:
        """How many of something: `full` is what docs/proof.toml promises."""
        return full if self.full else small

    def chance(self) -> random.Random:
        """The same in each run with this seed, which is printed."""
        print(f"{self.id}: seed {self.seed}")
        return random.Random(self.seed)

    def shows(self, found: str, *, reached: bool, of: str = "") -> None:
        """Notes a figure in one plain line, and fails the test where the promise is not kept.

        `of` names the promise where the test proves several.
        """
        shown = {"id": of or self.id, "found": found, "reached": reached, "seed": self.seed}
        self.item.user_properties.append((NAME, json.dumps(shown)))
        assert reached, found


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("proofs")
    group.addoption("--in-full", action="store_true", help="proofs in the size of docs/proof.toml")
    group.addoption("--promises", default="", help="only proofs of these, with commas")
    group.addoption("--proof-seed", type=int, default=SEED, help="what decides by chance in proofs")


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proof:
    from django.db import connection

    mark = request.node.get_closest_marker("proof")
    on_sqlite = mark.kwargs.get("on_sqlite") if connection.vendor == "sqlite" else None
    options = request.config.option
    return Proof(on_sqlite or mark.args[0], options.in_full, options.proof_seed, request.node)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any]:
    """Names the promise in the report of a test that ended before it could show anything."""
    outcome = yield
    report = outcome.get_result()
    if mark := item.get_closest_marker("proof"):
        report.user_properties.append(("promise", str(mark.args[0])))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from tools.proof import promises

    known = promises()
    for item in items:
        for each in _promises_of(item):
            if each not in known:
                raise pytest.UsageError(f"{item.nodeid}: no promise {each} in docs/proof.toml")
    if wanted := set(filter(None, config.option.promises.split(","))):
        left = [item for item in items if wanted.isdisjoint(_promises_of(item))]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not wanted.isdisjoint(_promises_of(item))]


def _promises_of(item: pytest.Item) -> list[str]:
    marks = item.iter_markers("proof")
    return [str(each) for mark in marks for each in (*mark.args, *mark.kwargs.values())]
