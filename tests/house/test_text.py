from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.canonical import canonical_json, fingerprint
from house.text import shortened, tidy_line, tidy_text


@given(st.text())
def test_a_tidy_line_is_one_line_without_anything_hidden(text: str) -> None:
    tidy = tidy_line(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in tidy)
    assert tidy == " ".join(tidy.split())
    assert tidy_line(tidy) == tidy


@given(st.text())
def test_tidy_text_keeps_its_lines_and_stays_as_it_is(text: str) -> None:
    tidy = tidy_text(text)
    assert "\r" not in tidy
    assert "\x00" not in tidy
    assert tidy_text(tidy) == tidy


def test_tidy_text_keeps_what_a_line_begins_with_and_its_last_words() -> None:
    typed = "\n  (a) once  \r\n    (b) twice\t\n\nXX\n\n"
    assert tidy_text(typed) == "  (a) once\n    (b) twice\n\nXX"


def test_what_a_line_break_would_add_to_an_e_mail_is_gone() -> None:
    assert tidy_line("Review\r\nBcc: everybody@example.org") == "Review Bcc: everybody@example.org"


def test_marks_that_turn_the_direction_of_writing_are_gone() -> None:
    assert tidy_line("agreed\u202efdp.exe") == "agreedfdp.exe"


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(), max_size=5))
def test_equal_data_has_an_equal_fingerprint_in_any_order(data: dict[str, int | str]) -> None:
    assert fingerprint(data) == fingerprint(dict(reversed(data.items())))


def test_the_same_letter_written_two_ways_is_one() -> None:
    assert canonical_json({"name": "Zoe\u0308"}) == canonical_json({"name": "Zo\u00eb"})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_hashed(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"amount": number})


def test_it_is_written_without_spaces_with_sorted_keys_in_utf_8() -> None:
    assert canonical_json({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'.encode()


def test_a_changed_letter_changes_the_fingerprint() -> None:
    assert fingerprint({"body": "72 hours"}) != fingerprint({"body": "27 hours"})


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_what_is_shortened_is_one_line_that_begins_as_the_text_does(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert short == tidy_line(text) or tidy_line(text).startswith(short.removesuffix("…"))


def test_it_is_cut_after_a_word() -> None:
    assert shortened("Working together", 16) == "Working together"
    assert shortened("Working together, better", 30) == "Working together, better"
    assert shortened("Working together, better", 20) == "Working together…"
    assert shortened("Workingtogetherbetter", 10) == "Workingto…"
