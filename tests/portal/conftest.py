from __future__ import annotations

from collections.abc import Iterator

import pytest

from house import room
from tests.portal.answers import Answers


@pytest.fixture
def answers() -> Iterator[Answers]:
    """An upper room whose answers the test sets."""
    upper = Answers()
    room.register(upper)
    yield upper
    del room._rooms[upper.name]
