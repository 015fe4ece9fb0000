"""What a series asks of the database does not grow with the agreements that it serves (B14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from house import clock
from meetings.models import Series
from meetings.services.correcting import answer_record
from meetings.services.notes import add_note
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.costs import queries_at
from tests.meetings.joint import group_of, lead_of, met, mous
from tests.meetings.stage import scheduled, words
from tests.once import made_once

FEW, MANY = 3, 48


def _series(cast: Cast, number: int, start: int) -> None:
    agreements = mous(cast, number, start=start)
    series = group_of(cast, agreements, name=f"Group of {number}")
    meeting = met(cast, series, notes="All well.")
    about = agreements[:1]
    add_note(by=acting(cast.other_manager), meeting=meeting, text="Own.", about=about)
    answer_record(by=acting(lead_of(agreements[0])), meeting=meeting, agrees=True)
    scheduled(cast.other_manager, series, clock.today() + timedelta(days=9))


def _groups(cast: Cast) -> None:
    """One that serves three agreements, one that serves 48; each has met, and will meet again."""
    _series(cast, FEW, 1)
    _series(cast, MANY, 1 + FEW)


made, cast = made_once(_groups)


@pytest.fixture
def groups(cast: Cast) -> list[tuple[Series, list[Agreement]]]:
    return [
        (each, list(Agreement.objects.filter(series__series=each).order_by("pk")))
        for each in Series.objects.filter(name__startswith="Group of ").order_by("pk")
    ]


def test_no_page_asks_more_for_many(
    cast: Cast, groups: list[tuple[Series, list[Agreement]]], client_of: ClientOf
) -> None:
    by_path: dict[str, list[int]] = {}
    for series, agreements in groups:
        held, coming = series.meetings.order_by("day")
        paths = {
            "series": f"/meetings/series/{series.key}/", "held": f"/meetings/{held.key}/",
            "coming": f"/meetings/{coming.key}/", "note": f"/meetings/{held.key}/notes/add/",
            "item": f"/meetings/{coming.key}/agenda/add/",
            "join": f"/meetings/series/{series.key}/join/",
            "correct": f"/meetings/{held.key}/correct/",
        }  # fmt: skip
        for who in (cast.other_manager, lead_of(agreements[0])):
            for name, path in paths.items():
                if name == "join" and who is not cast.other_manager:
                    continue
                client = client_of(who)
                assert words(client, path)
                by_path.setdefault(f"{who is cast.other_manager} {name}", []).append(
                    queries_at(client, path)
                )
    assert {name: counts for name, counts in by_path.items() if counts[0] != counts[1]} == {}


def test_the_meeting_of_many_fits_its_page(
    cast: Cast, groups: list[tuple[Series, list[Agreement]]], client_of: ClientOf
) -> None:
    series, _ = groups[1]
    held, _ = series.meetings.order_by("day")
    page = words(client_of(cast.other_manager), f"/meetings/{held.key}/")
    assert "Everybody who meets reads this: Eastmoor CCG and all 48 practices." in page
    form = client_of(cast.other_manager).get(f"/meetings/{held.key}/correct/").content.decode()
    assert form.count("<input") + form.count("<textarea") < 40


def test_locks_and_reads_of_a_record_do_not_grow(
    cast: Cast, groups: list[tuple[Series, list[Agreement]]]
) -> None:
    counts = []
    for series, agreements in groups:
        held = series.meetings.order_by("day")[0]
        with CaptureQueriesContext(connection) as queries:
            answer_record(by=acting(lead_of(agreements[1])), meeting=held, agrees=True)
        counts.append(sum(each["sql"].startswith("SELECT") for each in queries))
    assert counts[0] == counts[1]
