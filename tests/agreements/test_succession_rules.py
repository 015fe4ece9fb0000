"""Who holds a side on which day, before and after a succession: for any spells (X07)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agreements.succession.rules import DAY, Held, passed_on

OLD, NEW, OTHER = 1, 2, 3
BEGIN = date(2012, 2, 27)
DAYS = st.integers(0, 40).map(lambda days: BEGIN + timedelta(days))


@st.composite
def spells(draw: st.DrawFn) -> list[Held]:
    """Following each other without a gap, as a side is held; the first and last may be open."""
    cuts = sorted(draw(st.sets(DAYS, max_size=4)))
    found, first = list[Held](), None
    for number, cut in enumerate([*cuts, None]):
        by = draw(st.sampled_from([OLD, NEW, OTHER]))
        found.append(Held(by, first, cut, number))
        first = cut + DAY if cut else None
    return found


def holder(held: list[Held], day: date) -> list[int]:
    return [each.by for each in held if each.on(day)]


@given(spells(), DAYS)
def test_each_day_has_one_holder_as_before_and_the_new_one_from_the_day(
    before: list[Held], on: date
) -> None:
    after = list(passed_on(before, OLD, NEW, on))
    for days in range(-2, 45):
        day = BEGIN + timedelta(days)
        [was], [now] = holder(before, day), holder(after, day)
        assert now == (NEW if was == OLD and day >= on else was)


@given(spells(), DAYS)
def test_done_twice_is_done_once_and_no_row_is_lost(before: list[Held], on: date) -> None:
    after = list(passed_on(before, OLD, NEW, on))
    assert list(passed_on(after, OLD, NEW, on)) == after
    assert [each.row for each in after if each.row is not None] == [each.row for each in before]
    assert all(each.first is None or each.last is None or each.first <= each.last for each in after)


@given(spells(), DAYS)
def test_one_after_the_other_on_one_day_leaves_nothing_with_the_one_between(
    before: list[Held], on: date
) -> None:
    between = list(passed_on(before, OLD, NEW, on))
    after = list(passed_on(between, NEW, OTHER, on))
    assert not any(each.by in (OLD, NEW) and (each.last or date.max) >= on for each in after)
