"""Agreements without the rooms above them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from house import room


@contextmanager
def only_agreements() -> Iterator[None]:
    """Whatever comes into force here has the dates of its own room alone."""
    silent = {
        name: each for name, each in room._rooms.items() if not hasattr(each, "came_into_force")
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_rooms", silent)
        yield
