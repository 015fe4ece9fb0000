"""The letters that documents can be printed in, and the fonts that have them.

Source has those of English and its neighbours, DejaVu has Greek, Hebrew and symbols, and others the
scripts that people in England write their names in. A page loads those alone that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import category

from fontTools.ttLib import TTFont

FONTS: Final = Path(__file__).resolve().parent.parent / "static" / "built" / "fonts"
ALWAYS: Final = ("SourceSans3_400Regular.ttf", "DejaVuSans.ttf")
WEIGHTS: Final = {400: "400Regular", 600: "600SemiBold"}


@dataclass(frozen=True)
class Script:
    """A script with a font of its own; `letters` are its ranges, as in a regular expression."""

    name: str
    font: str
    letters: str

    def file(self, weight: int) -> str:
        return f"{self.font}_{WEIGHTS[weight]}.ttf"

    @property
    def faces(self) -> str:
        """What a style sheet says to have the font, in both weights."""
        return "".join(
            f"@font-face {{ font-family: {self.name}; src: url(asset:{self.file(weight)}); "
            f"font-weight: {weight} }}\n"
            for weight in WEIGHTS
        )


# The names are those of print.css. Arabic before DejaVu, which lacks letters of Urdu; not in Noto,
# which draws a letter and its dots apart, so that neither says which letter they are.
SCRIPTS: Final = (
    Script("Arabic", "ScheherazadeNew", r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
    Script("Bengali", "NotoSansBengali", r"\u0980-\u09ff"),
    Script("Chinese", "NotoSansSC", r"\u2e80-\u30ff\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef"),
    Script("Devanagari", "NotoSansDevanagari", r"\u0900-\u097f\ua8e0-\ua8ff"),
    Script("Ethiopic", "NotoSansEthiopic", r"\u1200-\u139f\u2d80-\u2ddf"),
    Script("Gujarati", "NotoSansGujarati", r"\u0a80-\u0aff"),
    Script("Gurmukhi", "NotoSansGurmukhi", r"\u0a00-\u0a7f"),
    Script("Kannada", "NotoSansKannada", r"\u0c80-\u0cff"),
    Script("Malayalam", "NotoSansMalayalam", r"\u0d00-\u0d7f"),
    Script("Sinhala", "NotoSansSinhala", r"\u0d80-\u0dff"),
    Script("Tamil", "NotoSansTamil", r"\u0b80-\u0bff"),
    Script("Telugu", "NotoSansTelugu", r"\u0c00-\u0c7f"),
    Script("Thai", "NotoSansThai", r"\u0e00-\u0e7f"),
)


def scripts_in(text: str) -> list[Script]:
    """Those that a text has a letter of."""
    return [each for each in SCRIPTS if not text.isascii() and _pattern(each).search(text)]


def missing_in(text: str) -> list[str]:
    """The letters that would print as �, each once, in order of appearance."""
    if text.isascii():
        return []
    fonts = [*ALWAYS, *(each.file(400) for each in scripts_in(text))]
    known = frozenset[int]().union(*map(_letters_of, fonts))
    return [c for c in dict.fromkeys(text) if _shows(c) and (ord(c) not in known or _is_private(c))]


@cache
def _pattern(script: Script) -> re.Pattern[str]:
    return re.compile(f"[{script.letters}]")


@cache
def _letters_of(font: str) -> frozenset[int]:
    with TTFont(FONTS / font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _is_private(letter: str) -> bool:
    """They break PDF/A and PDF/UA, font or no font."""
    return category(letter) == "Co"


def _shows(letter: str) -> bool:
    """Not controls, nor marks that only say how the letters beside them look."""
    code = ord(letter)
    varies = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return category(letter) not in ("Cc", "Cf") and not varies


def faces_of(scripts: Sequence[Script]) -> str:
    return "".join(each.faces for each in scripts)
