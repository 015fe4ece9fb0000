"""What looks like somebody's name is found, and what organisations and dates are called is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.person_names import names_in


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("We heard from Dr Hale today.", ["Dr Hale"]),
        ("Dr. A. B. Hale and Mrs O'Neill", ["Dr. A. B. Hale", "Mrs O'Neill"]),
        ("Since then Anna-Maria McDonald has left.", ["Anna-Maria McDonald"]),
        ("Nurse Green said so. Nurse Green left.", ["Nurse Green"]),
        ("The locum, Zoë Müller, left.", ["Zoë Müller"]),
    ],
)
def test_names_are_found_as_they_were_typed(typed: str, found: list[str]) -> None:
    assert names_in(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "Beckside Surgery was visited. The practice has no emergency drugs.",
        "The Care Quality Commission told Eastmoor CCG on Monday.",
        "A doctor said so. Since January nobody has answered. We wait.",
        "Dr Hale's Surgery on Moor Street, in March 2014",
        "MOU-0001, CQC, NHS England, GP contract",
    ],
)
def test_organisations_places_and_dates_are_none(typed: str) -> None:
    assert names_in(typed) == []


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert len(names_in(text)) <= len(text)
