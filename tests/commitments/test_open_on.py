"""Which actions were open at the end of a day, as they were recorded then (X02)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from agreements.models import Agreement
from commitments.models import Action
from commitments.services.changing import close_action
from house import clock
from house.answers import OpenThings
from house.clock import end_of, london_day
from house.rooms import rooms
from tests.cast import Cast, acting
from tests.commitments.stage import WHAT, agreement_of, recorded, side
from tests.conftest import ClientOf
from tests.reading import words_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@contextmanager
def late_on(day: date) -> Iterator[None]:
    """The last minute of a London day."""
    with clock.at(end_of(day) - timedelta(minutes=1)):
        yield


def open_on(agreement: Agreement, day: date, cast: Cast) -> OpenThings:
    room = next(each for each in rooms() if each.name == "commitments")
    [found] = room.open_on(agreement, day, acting(cast.viewer))
    return found


def test_an_action_is_open_from_its_first_day_until_the_day_before_it_is_done(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = agreement_of(cast)
    first = london_day(agreement.created_at) + DAY
    with late_on(first):
        action = recorded(cast.manager, side(agreement))
    with late_on(first + 2 * DAY):
        found = Action.objects.get(pk=action.pk)
        close_action(by=acting(cast.manager), action=found, as_what="done")
    counts = [open_on(agreement, first + n * DAY, cast).count for n in (-1, 0, 1, 2)]
    assert counts == [0, 1, 1, 0]
    with late_on(first + 5 * DAY):
        path = f"/agreements/{agreement.reference}/on/{(first + DAY).isoformat()}/"
        assert f"Open actions 1: {WHAT}" in words_at(client_of(cast.other_viewer), path)


def test_a_stranger_is_told_of_none(cast: Cast) -> None:
    agreement = agreement_of(cast)
    recorded(cast.manager, side(agreement))
    room = next(each for each in rooms() if each.name == "commitments")
    [found] = room.open_on(agreement, clock.today(), acting(cast.stranger))
    assert found.count == 0
