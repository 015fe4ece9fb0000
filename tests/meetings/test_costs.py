"""What the forms of meetings ask of the database, however many parties meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from house import clock
from meetings.models import Series
from meetings.services.series import make_series
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.meetings.stage import scheduled
from tests.reading import words_at

Path = Callable[[Cast, Series], str]


def record(cast: Cast, series: Series) -> str:
    return f"/meetings/{scheduled(cast.manager, series, clock.today()).key}/record/"


def elsewhere(_cast: Cast, series: Series) -> str:
    return f"/meetings/series/{series.key}/record/"


@pytest.mark.parametrize("path", [record, elsewhere])
def test_ten_parties_ask_no_more_than_two(cast: Cast, client_of: ClientOf, path: Path) -> None:
    client, counts = client_of(cast.manager), []
    for others in (1, 9):
        series = make_series(
            by=acting(cast.manager), agreements=[with_many(cast, others)], name="All of us",
            cadence="monthly",
        )  # fmt: skip
        at = path(cast, series)
        counts.append(queries_at(client, at))
        last = f"Contact {others - 1} of {others}, Director"
        page = words_at(client, at)
        assert f"{last} (CCG {others - 1} of {others})" in page
    assert counts[0] == counts[1] <= BUDGET
