"""Asking for a link does the same, and so takes as long, for an address that nobody here has."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mail.models import Delivery
from tests.cast import Cast
from tests.conftest import Mailbox

pytestmark = pytest.mark.django_db
STRANGER = "nobody.known@moors.example"


def asked_of_the_database(
    client: Client, path: str, address: str, on_commit: Any
) -> tuple[list[str], int]:
    """The statements without what they are about, and how many workers were nudged."""
    cache.clear()
    connection.run_on_commit.clear()
    with CaptureQueriesContext(connection) as queries, on_commit() as nudges:
        client.post(path, {"email": address})
    return [re.sub(r"VALUES.*|s\d+_x\d+", "", each["sql"])[:60] for each in queries], len(nudges)


@pytest.mark.parametrize("path", ["/account/password/reset/", "/account/let-in/"])
def test_the_page_asks_the_same_for_both(
    client: Client, cast: Cast, path: str, django_capture_on_commit_callbacks: Any
) -> None:
    client.get(path)
    address = cast.manager.email
    known, stranger = (
        asked_of_the_database(client, path, each, django_capture_on_commit_callbacks)
        for each in (address, STRANGER)
    )
    assert known == stranger
    assert known[1] == 1


def test_the_worker_finds_out_whose_it_is(client: Client, cast: Cast, mailbox: Mailbox) -> None:
    for address in (cast.manager.email, STRANGER, cast.manager.email.replace("m", "м")):
        client.post("/account/password/reset/", {"email": address})
    assert [mail.to for mail in mailbox.all] == [[cast.manager.email]]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent", "cancelled"}
