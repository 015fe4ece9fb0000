from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agreements.core.texts import numbers
from agreements.drafting.rules import may_move, order_after
from agreements.models import ClauseKind

KINDS = st.lists(st.sampled_from(ClauseKind.values), min_size=1, max_size=30)


def test_sections_and_the_clauses_below_them_are_numbered() -> None:
    kinds = ["section", "duty", "principle", "section", "duty"]
    assert numbers(kinds) == ["1", "1.1", "1.2", "2", "2.1"]


def test_clauses_before_the_first_section_stand_on_its_level() -> None:
    assert numbers(["statement", "section", "duty"]) == ["1", "2", "2.1"]


@given(KINDS)
def test_no_two_clauses_share_a_number(kinds: list[str]) -> None:
    given_numbers = numbers(kinds)
    assert len(given_numbers) == len(kinds)
    assert len(set(given_numbers)) == len(kinds)


@given(KINDS, st.data(), st.sampled_from([-1, 1]))
def test_moving_loses_no_clause_and_can_be_undone(
    kinds: list[str], data: st.DataObject, way: int
) -> None:
    index = data.draw(st.integers(0, len(kinds) - 1))
    order = order_after(kinds, index, way)
    assert sorted(order) == list(range(len(kinds)))
    back = order_after([kinds[i] for i in order], order.index(index), -way)
    if may_move(kinds, index, way):
        assert [order[i] for i in back] == list(range(len(kinds)))


def test_a_section_takes_its_clauses_with_it() -> None:
    kinds = ["section", "duty", "section", "duty", "duty"]
    assert order_after(kinds, 2, -1) == [2, 3, 4, 0, 1]
    assert order_after(kinds, 0, 1) == [2, 3, 4, 0, 1]
    assert order_after(kinds, 1, 1) == [0, 2, 1, 3, 4]
