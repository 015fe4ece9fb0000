"""Blanks: places in the text that each agreement fills in, written as `{{key}}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BLANK = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every blank that has a value filled in; the others stay as they are."""
    return _BLANK.sub(lambda found: values.get(found[1]) or found[0], text)


def missing_in(texts: Iterable[str]) -> list[str]:
    """The keys of the blanks still open, each once, in order of appearance."""
    keys = (found for text in texts for found in _BLANK.findall(text))
    return list(dict.fromkeys(keys))


def show_missing(text: str, labels: Mapping[str, str]) -> str:
    """The text with open blanks shown as what is missing, for reading and printing."""
    return _BLANK.sub(lambda found: f"[not filled in: {labels.get(found[1], found[1])}]", text)
