"""Text that people type, made fit to store, print and put into an e-mail's subject."""

from __future__ import annotations

import re
import unicodedata

# Controls, surrogates, and the marks that turn the direction of writing: they never show,
# and in a subject line or a file name they deceive.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def tidy_line(text: str) -> str:
    """One line: hidden characters gone, every run of white space one space, Unicode NFC."""
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", text)).split())


def tidy_text(text: str) -> str:
    """Several lines: hidden characters gone, line ends as `\\n`, no space at line ends, NFC."""
    lines = _HIDDEN.sub("", unicodedata.normalize("NFC", text)).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def shortened(text: str, most: int) -> str:
    """The text on one line, at most `most` characters long: cut after a word, with "…"."""
    line = tidy_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole, space, _ = cut.rpartition(" ")
    return f"{(whole if space else cut).rstrip(' ,;:')}…"
