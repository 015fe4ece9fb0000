"""The history of an agreement: a page at a time, narrowed to what one room tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agreements.models import Happening
from agreements.signing.services.signing import say_not_ready
from house import clock
from house.rooms import rooms
from parties.models import User
from tests.agreements.costs import queries_of
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.reading import words
from tests.stages import asked, frozen

pytestmark = pytest.mark.django_db
START = datetime(2026, 2, 3, 12, tzinfo=UTC)


def test_it_is_shown_a_page_at_a_time_and_narrowed(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(START):
        agreement = frozen(cast).agreement
    Happening.objects.bulk_create(
        Happening(
            agreement=agreement, at=START + timedelta(hours=n), actor=cast.colleague,
            organisation=cast.area_team, verb="not_ready", data={"who": f"Person {n}"},
        )
        for n in range(1, 51)
    )  # fmt: skip
    client = client_of(cast.viewer)
    pages = [words(client, agreement, f"history/?page={number}") for number in (1, 2, 3)]
    assert [page.count("is not ready") for page in pages] == [20, 20, 10]
    narrowed = words(client, agreement, "history/?about=agreements.versions")
    assert "made version 0.1" in narrowed
    assert "is not ready" not in narrowed
    assert "Nothing of this kind" in words(client, agreement, "history/?about=meetings")


def test_what_happened_adds_no_queries(cast: Cast, client_of: ClientOf) -> None:
    ours, theirs = asked(cast)
    agreement, client, counts = ours.version.agreement, client_of(cast.manager), []
    say_not_ready(by=acting(cast.other_signatory), request=theirs, because="Not yet.")
    for round_ in "ab":
        counts.append(queries_of(client, agreement, "history/"))
        for number in range(30):
            actor = User.objects.create_user(f"{round_}{number}@b.example")
            Happening.objects.create(
                agreement=agreement, at=clock.now(), actor=actor, organisation=cast.ccg,
                verb="signed", data={},
            )  # fmt: skip
    assert counts[0] == counts[1]


def test_whatever_a_room_tells_can_be_chosen_by_a_name_of_its_own() -> None:
    told = [room.called for room in rooms() if room.sentences()]
    assert all(told)
    assert len(told) == len({*told})
