"""Sums shared out in whole units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from house.sharing_out import shared_out

# Nine populations, and what £410,000 comes to for each in whole pounds (D05).
POPULATIONS = [114_798, 109_422, 81_344, 49_259, 47_825, 46_112, 42_623, 29_727, 23_218]
POUNDS = [86_468, 82_419, 61_270, 37_103, 36_023, 34_733, 32_105, 22_391, 17_488]


def test_whole_pounds_add_up_exactly() -> None:
    assert shared_out(410_000, POPULATIONS) == POUNDS


def test_shares_in_per_cent_add_up_to_a_hundred() -> None:
    # Rounded one by one they would be 99.
    assert shared_out(100, POPULATIONS) == [21, 20, 15, 9, 9, 9, 8, 5, 4]


def test_nobody_gets_anything_without_weight() -> None:
    assert shared_out(10, [0, 0]) == [0, 0]
    assert shared_out(10, []) == []


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=60))
def test_parts_add_up_and_none_is_a_unit_off(total: int, weights: list[int]) -> None:
    parts = shared_out(total, weights)
    if not any(weights):
        return
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)
