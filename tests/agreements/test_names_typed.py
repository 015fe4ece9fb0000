"""Whose name was typed: real forms of names. Everybody here is invented."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agreements.signing.names import is_own_name
from house.text import tidy_line

OWN = {
    "Hamish Boyle": (
        *("Hamish Boyle", "hamish boyle", "HAMISH BOYLE", "H Boyle", "H. Boyle", "H.J. Boyle"),
        *("H.Boyle", "Boyle", "Boyle, Hamish", "BOYLE Hamish", "Dr Boyle", "Prof. Hamish Boyle"),
        *("Hamish James Boyle", "Mr H Boyle MBE", "Hamish Boyle-Grant", "  Hamish   Boyle "),
    ),
    "Sean O'Brien": (
        "Seán O\u2019Brien",
        "S O'Brien",
        "O Brien",
        "sean obrien",
        "Sean O\u02bcbrien",
    ),
    "Sean O\u2019Brien": ("Sean O'Brien", "O`Brien"),
    "Sean O Brien": ("Sean O'Brien", "Brien"),
    "Fiona MacLeod": ("Fiona Macleod", "Mac Leod", "F. MACLEOD", "Mrs Fiona MacLeod"),
    "Fiona Mac Leod": ("Fiona MacLeod",),
    "Ludo van der Berg": ("L. van der Berg", "Van Der Berg", "Berg", "Ludo Vanderberg"),
    "Ngaire d'Angelo": ("N D'Angelo", "d Angelo"),
    "Zoë Müller": ("Zoe Muller", "Zoe Mueller", "Z. Müller", "Zoe Mu\u0308ller"),
    "Zoe Mueller": ("Zoë Müller",),
    "Søren Ødegård": ("Soren Odegard", "Soeren Oedegaard", "S ØDEGÅRD"),
    "Łucja Wałęsiak": ("Lucja Walesiak",),
    "Ann Smith-Jones": ("Ann Smith", "A. Jones", "Ann Smith Jones", "Jones\u2013Smith"),
    "Ann Smith Jones": ("Ann Jones", "Ann Smith-Jones"),
    "Layla Al-Hakimi": ("Layla Alhakimi", "L Hakimi", "Al Hakimi"),
    "Maria da Silva Costa": ("M. Costa",),
    "Boyle, Hamish": ("Hamish Boyle", "H Boyle"),
    "Dr Hamish Boyle, MBE": ("Hamish Boyle", "H. Boyle"),
    "Hamish Boyle FRCGP": ("H. Boyle",),
    "Hamish Boyle M.B.E.": ("H. Boyle",),
    "Hamish Boyle Jr": ("Hamish Boyle",),
    "Hamish Boyle (Eastmoor)": ("H. Boyle",),
    "Samuel Mba": ("Dr Mba",),
    "Anh Le Do": ("Anh Do", "A. Le Do"),
    "Wulandari": ("Wulandari", "wulandari", "Dr Wulandari"),
    "李伟": ("李伟",),
    "Ольга Ёлкина": ("ольга елкина",),
    "Straße": ("STRASSE",),
}
NOT_OWN = {
    "Hamish Boyle": (
        *("mickey mouse", "Greta Holm", "Hamish", "H.", "Hamish B", "Boy Le Roy", "Boyles", "x"),
        *("Dr", "yes", "-", "'", "", " ", "Hamish Doyle", "MBE"),
    ),
    "Ludo van der Berg": ("Ludo", "van der", "Ludo van der Burg"),
    "Layla Al-Hakimi": ("Al", "Layla al"),
    "Ann Smith-Jones": ("Ann", "Ann Smithson"),
    "Hamish Boyle MBE": ("Mickey MBE",),
    "Boyle, Hamish": ("Hamish Holm",),
    "Samuel Mba": ("Samuel",),
    "Wulandari": ("Wulan",),
}


@pytest.mark.parametrize(
    ("name", "typed"), [(name, each) for name, forms in OWN.items() for each in forms]
)
def test_a_form_of_ones_own_name_passes(name: str, typed: str) -> None:
    assert is_own_name(typed, name)


@pytest.mark.parametrize(
    ("name", "typed"), [(name, each) for name, forms in NOT_OWN.items() for each in forms]
)
def test_the_name_of_somebody_else_does_not(name: str, typed: str) -> None:
    assert not is_own_name(typed, name)


NAMES = st.text(max_size=60).map(tidy_line).filter(bool)
# Plain words that are no particle, and so long that no two of them make up a third.
WORDS = st.text("bcfghjkqvwxz", min_size=5, max_size=8).map(str.capitalize)


@given(NAMES)
def test_everybody_can_sign_with_the_name_of_their_account(name: str) -> None:
    assert is_own_name(name, name)


@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, max_size=3), st.randoms())
def test_the_surname_is_enough_wherever_it_stands(
    name: list[str], others: list[str], chance: object
) -> None:
    typed = [*others, name[-1]]
    chance.shuffle(typed)  # type: ignore[attr-defined]
    assert is_own_name(" ".join(typed).lower(), " ".join(name))
    assert is_own_name(unicodedata.normalize("NFD", " ".join(typed).upper()), " ".join(name))


@given(st.lists(WORDS, min_size=1, max_size=3), NAMES)
def test_without_the_surname_nothing_passes(name: list[str], typed: str) -> None:
    letters = "".join(each for each in typed.casefold() if each.isalpha())
    assume(name[-1].casefold() not in letters and letters.isascii())
    assert not is_own_name(typed, " ".join(name))


@given(NAMES, NAMES)
def test_any_text_at_all_gets_an_answer(typed: str, name: str) -> None:
    assert is_own_name(typed, name) in {True, False}
