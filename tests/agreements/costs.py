"""What a page of an agreement asks of the database."""

from __future__ import annotations

from django.test import Client

from agreements.models import Agreement
from tests.costs import queries_at


def queries_of(client: Client, agreement: Agreement, page: str = "") -> int:
    """How many queries the page asks when it is opened a second time."""
    return queries_at(client, f"/agreements/{agreement.reference}/{page}")
