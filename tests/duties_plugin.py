"""Notes with each test which duties it shows: into the JUnit report, for tools/run_tests.py."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

# Before anything of the portal is imported: its settings look at it.
os.environ.setdefault("MODE", "test")

from mou_portal.duties import known


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any]:
    outcome = yield
    marks = [str(mark.args[0]) for mark in item.iter_markers("duty")]
    outcome.get_result().user_properties.extend(("duty", duty) for duty in marks)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    register = known()
    for item in items:
        for mark in item.iter_markers("duty"):
            if len(mark.args) != 1:
                raise pytest.UsageError(f"{item.nodeid}: a mark for each duty: {mark.args}")
            if mark.args[0] not in register:
                raise pytest.UsageError(
                    f"{item.nodeid}: no duty {mark.args[0]} in docs/duties.toml"
                )
