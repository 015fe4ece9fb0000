"""Which organisations a text names: whoever registers an MoU may have chosen the wrong one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Final

# What the same organisation is called in full and in short, in lower case and without stops.
SHORT: Final = {
    "clinical commissioning group": "ccg",
    "integrated care board": "icb",
    "local medical committee": "lmc",
}

# More names make no sentence.
MOST: Final = 3


def named_in(text: str, names: Mapping[str, Collection[str]]) -> set[str]:
    """The keys of `names` of which one name stands in the text, in full or in short."""
    plain = f" {_plain(text)} "
    return {key for key, called in names.items() if any(f" {_plain(n)} " in plain for n in called)}


def not_as_chosen(
    chosen: Mapping[str, str],
    offered: Mapping[str, Sequence[tuple[str, str]]],
    named: Set[str],
) -> dict[str, str]:
    """Side -> "Westmoor CCG, not Eastmoor CCG", where the text names another one on offer.

    `chosen` has the key of the organisation that takes each side, `offered` their names by key.
    A text that names nobody on offer says nothing: it may be a scan.
    """
    found = {}
    for side, key in chosen.items():
        others = [name for other, name in offered[side] if other in named - set(chosen.values())]
        if key not in named and others:
            found[side] = f"{' and '.join(others[:MOST])}, not {dict(offered[side])[key]}"
    return found


def _plain(text: str) -> str:
    plain = " ".join(re.findall(r"\w+", text.casefold())).removeprefix("nhs ")
    for full, short in SHORT.items():
        plain = plain.replace(full, short)
    return plain
