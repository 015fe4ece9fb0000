from __future__ import annotations

import pytest

from house import room
from tests.nhsuk.sample import SampleRoom


@pytest.fixture(autouse=True)
def _one_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frame with one room: what the portal's own rooms answer is theirs to test."""
    monkeypatch.setattr(room, "_rooms", {SampleRoom.name: SampleRoom()})
