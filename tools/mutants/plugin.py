"""How pytest runs under mutmut: each fault meets all that is made with it.

mutmut notes which functions each test calls, and later runs those tests alone. What a test begins
with is called by it too, though it was made before: a stage that is put back as rows
(`tests/put_back.py`), and what a fixture made for a whole file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from mutmut.state import state

# A busy machine makes a test slow, which is no sign that it saw the fault.
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=list(HealthCheck),
)
_called_for_file: dict[Path, set[str]] = {}


class NotingStages(dict[Any, Any]):
    """Stages, each with what its making called."""

    def __init__(self) -> None:
        self._called: dict[Any, set[str]] = {}

    def __setitem__(self, key: Any, stage: Any) -> None:
        self._called[key] = set(state()._stats)
        super().__setitem__(key, stage)

    def get(self, key: Any, default: Any = None) -> Any:
        state()._stats.update(self._called.get(key, ()))
        return super().get(key, default)


def pytest_configure() -> None:
    settings.load_profile("mutants")


@pytest.fixture(scope="session", autouse=True)
def _stages_are_this_faults_own() -> Iterator[None]:
    """None of the process that this one was forked from."""
    from tests import put_back  # not before Django is ready

    notes = os.environ.get("MUTANT_UNDER_TEST") == "stats"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(put_back, "_stages", NotingStages() if notes else {})
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    called = state()._stats
    called |= _called_for_file.setdefault(item.path, set(called))
