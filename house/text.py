"""Text that people type, made fit to store, print and put into an e-mail's subject."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Controls, surrogates, and the marks that turn the direction of writing: they never show,
# and in a subject line or a file name they deceive.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    # Soft hyphens, and signs without width that no script needs: two names that look the same are.
    r"\u00ad\u180e\u200b\u2060\ufeff]"
)
# What Word gives for the bullets, boxes, ticks and arrows of its fonts Symbol and Wingdings:
# letters that mean something in those fonts alone.
_OF_WORD: Final = str.maketrans(
    dict.fromkeys("\uf06e\uf071\uf076\uf077\uf09f\uf0a7\uf0b7\uf0d8", "•")
    | dict.fromkeys("\uf06f\uf0a8", "□")
    | {"\uf0fc": "✓", "\uf0e0": "→", "\uf02d": "\N{EN DASH}"}
)


def tidy_line(text: str) -> str:
    """One line: hidden characters gone, every run of white space one space, Unicode NFC."""
    return " ".join(_shown(" ".join(text.split())).split())


def tidy_address(text: str) -> str:
    """An e-mail address without the signs in it that do not show, in NFC.

    Copied from a page or a PDF it brings them along, and whoever has them in theirs cannot log in.
    """
    seen = unicodedata.normalize("NFC", text)
    return "".join(each for each in seen if each.isspace() or _shows(each)).strip()


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def tidy_text(text: str) -> str:
    """Several lines: hidden characters gone, line ends as `\\n`, no space at line ends, NFC.

    Word's line break inside a paragraph (U+000B) is a line end, as those of other programs are.
    """
    lines = (_shown(line).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip("\n")


def _shown(line: str) -> str:
    return _HIDDEN.sub("", unicodedata.normalize("NFC", line.translate(_OF_WORD)))


def shortened(text: str, most: int) -> str:
    """The text on one line, at most `most` characters long: cut after a word, with "…"."""
    line = tidy_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole, space, _ = cut.rpartition(" ")
    return f"{(whole if space else cut).rstrip(' ,;:')}…"
