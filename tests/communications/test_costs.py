"""What the form by which a draft is shared asks of the database, however many parties read it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.communications import desk
from tests.communications.doing import at
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.reading import words_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hours", [10, 1000])
def test_ten_parties_ask_no_more_than_two(cast: Cast, client_of: ClientOf, hours: int) -> None:
    client, counts = client_of(cast.colleague), []
    for others in (1, 9):
        announcement = desk.planned(cast, with_many(cast, others), hours=hours)
        desk.drafted(cast, announcement)
        path = at(announcement, "share/")
        counts.append(queries_at(client, path))
        page = words_at(client, path)
        for number in range(others):
            assert f"Who at CCG {number} of {others} Contact {number} of {others}" in page
        assert ("Less than the lead time is left" in page) == (hours == 10)
    assert counts[0] == counts[1] <= BUDGET
