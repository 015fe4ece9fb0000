from __future__ import annotations

import pytest

from agreements.register.rules import named_in, not_as_chosen

NAMES = {"1": ["NHS Eastmoor CCG"], "2": ["Westmoor CCG", "NHS Westmoor ICB"], "3": ["Moor CCG"]}
OFFERED = {"ccg": [("1", "Eastmoor CCG"), ("2", "Westmoor CCG"), ("3", "Moor CCG")]}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("between Eastmoor\nClinical  Commissioning Group (“the CCG”) and", {"1"}),
        ("NHS EASTMOOR CCG, and Westmoor Integrated Care Board.", {"1", "2"}),
        ("Eastmoors CCG", set()),
        ("", set()),
    ],
)
def test_a_name_is_found_in_full_and_in_short(text: str, keys: set[str]) -> None:
    assert named_in(text, NAMES) == keys


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ({"2"}, {"ccg": "Westmoor CCG, not Eastmoor CCG"}),
        ({"2", "3"}, {"ccg": "Westmoor CCG and Moor CCG, not Eastmoor CCG"}),
        ({"1", "2"}, {}),
        (set(), {}),
    ],
)
def test_another_name_is_told_only_when_the_chosen_one_is_not_there(
    named: set[str], found: dict[str, str]
) -> None:
    assert not_as_chosen({"ccg": "1"}, OFFERED, named) == found
