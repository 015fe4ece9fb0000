"""What the tests of every URL ask about: made once for each file of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.access.world import World, written
from tests.pdf import equal_documents_made_once


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all cells; each cell's writes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic(), equal_documents_made_once():
        made = World()
        # Asked of SQLite once a process: no page's own.
        assert connection.features.supports_json_field
        made.written = written()
        yield made
        transaction.set_rollback(True)
