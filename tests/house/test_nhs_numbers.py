"""NHS numbers are found by their check digit, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.nhs_numbers import is_nhs_number, nhs_numbers_in


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919"])
def test_a_number_is_found_as_it_was_typed(typed: str) -> None:
    assert nhs_numbers_in(f"Seen on Monday ({typed}), then {typed}.") == [typed]


@pytest.mark.parametrize(
    "typed",
    [
        "9434765918",  # another check digit
        "0000000000", "1111111111",  # nobody's
        "01943476591", "94347659190", "+9434765919",  # longer, or a telephone number
        "943 4765919", "94 34 76 59 19", "MOU-0001, 3 December 2014",
    ],
)  # fmt: skip
def test_other_digits_are_none(typed: str) -> None:
    assert nhs_numbers_in(typed) == []


def test_a_number_whose_check_digit_would_be_ten_is_never_given_out() -> None:
    assert not any(is_nhs_number(f"100000001{last}") for last in range(10))


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_of_ten_endings_one_fits_at_most(first: str) -> None:
    fitting = [last for last in range(10) if is_nhs_number(f"{first}{last}")]
    assert len(fitting) <= 1
    weighted = sum(int(d) * w for d, w in zip(first, range(10, 1, -1), strict=True))
    for last in fitting:
        assert (weighted + last) % 11 == 0


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert all(found in text for found in nhs_numbers_in(text))
