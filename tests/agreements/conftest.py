from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.one_room import only_agreements


@pytest.fixture
def nothing_but_agreements() -> Iterator[None]:
    """An agreement that comes into force has the dates of its own room alone."""
    with only_agreements():
        yield
