"""How long a disagreement was at each level, in days and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.holidays import published_holidays
from escalations.rules.levels import Stay, stays
from house import clock
from tests.cast import Cast
from tests.disagreements import MANAGERS, RESPONSIBLE, WORKING, opened, up

HOLIDAYS = frozenset(published_holidays("england_and_wales", range(2026, 2029)))
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
# Two years and a half, to the minute.
MOMENTS = st.integers(0, 1_300_000).map(lambda minutes: FIRST + timedelta(minutes=minutes))
LENGTHS = st.integers(0, 120 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def test_in_words() -> None:
    began = datetime(2027, 3, 24, 12, tzinfo=UTC)
    # Good Friday and Easter Monday lie between.
    assert Stay(began, None).words(date(2027, 3, 31), HOLIDAYS) == "7 days (3 working days)"
    assert Stay(began, None).words(date(2027, 3, 25), HOLIDAYS) == "1 day (1 working day)"
    assert Stay(began, None).words(date(2027, 3, 24), HOLIDAYS) == "less than a day"


@given(began=MOMENTS, lasted=LENGTHS)
def test_working_days_are_some_of_the_days(began: datetime, lasted: timedelta) -> None:
    stay = Stay(began, began + lasted)
    days, working = stay.days(date(2030, 1, 1)), stay.working_days(date(2030, 1, 1), HOLIDAYS)
    assert 0 <= working <= days
    assert working <= days // 7 * 5 + 5
    assert abs(timedelta(days=days) - lasted) <= timedelta(hours=25)


@given(began=MOMENTS, parts=st.lists(st.integers(0, 40), min_size=1, max_size=4))
def test_what_is_cut_in_parts_is_as_long_as_the_whole(began: datetime, parts: list[int]) -> None:
    ends = [began + timedelta(days=sum(parts[:number])) for number in range(len(parts) + 1)]
    each = [Stay(a, b) for a, b in pairwise(ends)]
    whole, today = Stay(ends[0], ends[-1]), date(2030, 1, 1)
    assert sum(stay.days(today) for stay in each) == whole.days(today)
    counted = sum(stay.working_days(today, HOLIDAYS) for stay in each)
    assert counted == whole.working_days(today, HOLIDAYS)


@pytest.mark.django_db
def test_each_level_has_its_own_time(cast: Cast) -> None:
    start = datetime(2027, 3, 1, 10, tzinfo=UTC)
    with clock.at(start):
        disagreement = opened(cast)
    with clock.at(start + timedelta(days=5)):
        up(cast.colleague, disagreement, MANAGERS)
    with clock.at(start + timedelta(days=9)):
        up(cast.manager, disagreement, RESPONSIBLE)
    spent = stays(disagreement, disagreement.steps.order_by("at", "pk"))
    today = date(2027, 3, 12)
    assert {level: stay.days(today) for level, stay in spent.items()} == {
        WORKING: 5,
        MANAGERS: 4,
        RESPONSIBLE: 2,
    }
