"""How pytest runs under mutmut: each fault meets all that is made with it.

mutmut notes which functions each test calls, and later runs those tests alone. So while it notes,
each test makes what it begins with itself (`tests/put_back.py`), and what was made for a whole
file belongs to each test of the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutmut.state import state

_made_for: dict[Path, set[str]] = {}


@pytest.fixture(scope="session", autouse=True)
def _stages_are_this_faults_own() -> Iterator[None]:
    from tests import put_back  # not before Django is ready

    put_back._stages.clear()  # those of the process that this one was forked from
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("MUTANT_UNDER_TEST") == "stats":
            patch.setattr(put_back, "_comes_first", lambda _cast: False)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """The first test of a file called the fixtures of the file too: they count for the others."""
    called = state()._stats
    called |= _made_for.setdefault(item.path, set(called))
