from __future__ import annotations

from collections.abc import Iterator

import pytest

from house.rooms import registered
from tests.portal.answers import Answers


@pytest.fixture
def answers() -> Iterator[Answers]:
    """An upper room whose answers the test sets."""
    upper = Answers()
    with registered(upper):
        yield upper
