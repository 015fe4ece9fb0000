from __future__ import annotations

import pytest

from house import room


@pytest.fixture
def nothing_but_agreements(monkeypatch: pytest.MonkeyPatch) -> None:
    """An agreement that comes into force has the dates of its own room alone."""
    silent = {
        name: each for name, each in room._rooms.items() if not hasattr(each, "came_into_force")
    }
    monkeypatch.setattr(room, "_rooms", silent)
