"""Notes how much processor time each test took, with its set-up and the processes that it ran.

It goes with the test into the JUnit report, from which tools/run_tests.py names the dearest.
"""

from __future__ import annotations

from collections.abc import Generator
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

import pytest

BEGAN_AT = pytest.StashKey[float]()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    item.stash[BEGAN_AT] = used()
    yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any]:
    outcome = yield
    if call.when == "teardown":
        cost = used() - item.stash[BEGAN_AT]
        outcome.get_result().user_properties.append(("cpu", f"{cost:.3f}"))


def used() -> float:
    """The processor seconds of this process so far, and of those that it waited for."""
    return sum(
        each.ru_utime + each.ru_stime for each in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    )
