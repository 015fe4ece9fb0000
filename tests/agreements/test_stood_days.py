"""Which day belongs to which spell of a side."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agreements.models import PartySpell
from agreements.stood.reading import spell_on

DAYS = st.dates(date(2013, 1, 1), date(2029, 12, 31))
DAY = timedelta(days=1)


@given(DAYS, st.lists(st.integers(0, 400), min_size=1, max_size=5))
def test_a_spell_covers_its_first_and_last_day_and_not_the_days_beside(
    first: date, lengths: list[int]
) -> None:
    spells, starts = [], first
    for number, length in enumerate(lengths):
        ends = starts + length * DAY
        spells.append(PartySpell(pk=number, starts_on=starts, ends_on=ends))
        starts = ends + DAY
    spells[0].starts_on, spells[-1].ends_on = None, None
    for one, following in pairwise(spells):
        assert one.ends_on
        assert spell_on(spells, one.ends_on) == one
        assert spell_on(spells, one.ends_on + DAY) == following
        if one.starts_on:
            assert spell_on(spells, one.starts_on) == one
            assert spell_on(spells, one.starts_on - DAY) != one


@given(DAYS)
def test_outside_all_spells_the_last_holder_stands_and_before_them_the_first(day: date) -> None:
    one = PartySpell(pk=1, starts_on=date(2014, 4, 1), ends_on=date(2016, 2, 29))
    other = PartySpell(pk=2, starts_on=date(2018, 4, 1), ends_on=date(2020, 3, 31))
    assert spell_on([other, one], day) == (one if day < date(2018, 4, 1) else other)
