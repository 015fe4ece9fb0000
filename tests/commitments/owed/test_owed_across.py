"""What is owed under all agreements on one page, late ones first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.owed.said import When
from commitments.owed.services.recording import record_commitment
from house import clock
from tests.cast import Cast, acting
from tests.commitments.owed.owing import owing, party
from tests.conftest import ClientOf
from tests.reading import words_at

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PAGE = "/commitments/owed/"


def owed(cast: Cast, what: str, days: int, slot: str = "area_team") -> None:
    agreement = owing(cast)
    record_commitment(
        by=acting(cast.manager), agreement=agreement, what=what, owed_by=party(agreement, slot),
        when=When("once", due_on=clock.today() + timedelta(days=days)),
    )  # fmt: skip


def test_late_ones_come_first_and_what_has_no_day_last(cast: Cast, client_of: ClientOf) -> None:
    owed(cast, "Send it later", 9)
    owed(cast, "Send it now", 2)
    owed(cast, "Theirs is late", -3, "ccg")
    page = words_at(client_of(cast.viewer), PAGE)
    in_order = ["Theirs is late", "Send it now", "Send it later", "As it comes up"]
    places = [page.index(each) for each in in_order]
    assert places == sorted(places)
    assert "Theirs is late" not in words_at(client_of(cast.viewer), f"{PAGE}?whose=ours")
    late = words_at(client_of(cast.other_viewer), f"{PAGE}?state=late")
    assert "1 late commitment" in late
    assert "Send it now" not in late
    assert "Send it" not in words_at(client_of(cast.stranger), PAGE)


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)


def test_many_ask_no_more_than_few(cast: Cast, client_of: ClientOf) -> None:
    owed(cast, "The first", 1)
    few = queries(client_of(cast.manager))
    for number in range(6):
        owed(cast, f"Number {number}", number)
    assert queries(client_of(cast.manager)) == few
