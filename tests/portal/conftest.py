from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from house.rooms import registered
from tests.portal.answers import Answers
from tests.provider import Provider, at_the_portal


@pytest.fixture
def answers() -> Iterator[Answers]:
    """An upper room whose answers the test sets."""
    upper = Answers()
    with registered(upper):
        yield upper


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """Single sign-on is configured, with a provider that answers."""
    with at_the_portal(settings) as provider:
        yield provider
