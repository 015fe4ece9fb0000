"""What the forms of meetings ask of the database, however many parties meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commitments.services.recording import record_action
from house import clock
from meetings.models import Series
from meetings.services.series import make_series
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.meetings.stage import held, scheduled
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


def test_the_page_of_a_meeting_that_was_held_keeps_to_the_budget(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = with_many(cast, 9)
    series = make_series(
        by=acting(cast.manager), agreements=[agreement], name="All of us", cadence="monthly"
    )
    came = [(cast.area_team, person_of(cast.manager))]
    meeting = held(cast.manager, series, clock.today(), came=came, notes="All well.")
    record_action(
        by=acting(cast.manager), agreement=agreement, what="Send it",
        owner=agreement.parties.all()[0], due_on=clock.today(),
    )  # fmt: skip
    path = f"/meetings/{meeting.key}/"
    assert "All well." in words_at(client_of(cast.manager), path)
    assert queries_at(client_of(cast.manager), path) <= BUDGET
