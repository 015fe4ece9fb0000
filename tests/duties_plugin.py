"""Notes which duties a test run shows. With pytest-xdist the controller gathers all reports."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

# Before anything of the portal is imported: its settings look at it.
os.environ.setdefault("MODE", "test")

from mou_portal.duties import known, write_shown


class DutyRecorder:
    def __init__(self) -> None:
        self.shown: set[str] = set()
        self.failed: set[str] = set()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, Any, None]:
        outcome = yield
        marks = [str(mark.args[0]) for mark in item.iter_markers("duty")]
        outcome.get_result().user_properties.extend(("duty", duty) for duty in marks)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        duties = {str(value) for name, value in report.user_properties if name == "duty"}
        if report.failed:
            self.failed |= duties
        elif report.when == "call" and report.passed:
            self.shown |= duties

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        register = known()
        for item in items:
            for mark in item.iter_markers("duty"):
                if mark.args[0] not in register:
                    raise pytest.UsageError(
                        f"{item.nodeid}: no duty {mark.args[0]} in docs/duties.toml"
                    )

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        part = os.environ.get("TEST_PART")
        if part and not hasattr(session.config, "workerinput"):
            write_shown(part, self.shown, self.failed)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(DutyRecorder(), "duty-recorder")
