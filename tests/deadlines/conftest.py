from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from house.rooms import registered
from tests.deadlines.bell import Bells
from tests.mail.sink import Sink, at_the_portal


@pytest.fixture(autouse=True)
def bells() -> Iterator[Bells]:
    """The room of the bells is there for these tests."""
    made = Bells()
    with registered(made):
        yield made


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """An SMTP server that the portal sends to for this test."""
    with at_the_portal(settings) as sink:
        yield sink
