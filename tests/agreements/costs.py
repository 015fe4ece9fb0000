"""What a page of an agreement asks of the database."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from tests.reading import words


def queries_of(client: Client, agreement: Agreement, page: str = "") -> int:
    """How many queries the page asks when it is opened a second time."""
    words(client, agreement, page)
    with CaptureQueriesContext(connection) as queries:
        words(client, agreement, page)
    return sum("SAVEPOINT" not in each["sql"] for each in queries)
