"""The keys of what the terms name: an entry keeps its own, whatever it is called (record 0017).

People type lines of words. A line that says what one said before is that entry; one that stands in
the place of another is that entry with a new name; every other line is a new entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher


def keyed(
    labels: Sequence[str], known: Mapping[str, str], instead_of: Mapping[str, str]
) -> dict[str, str]:
    """Label -> key; `known` has those of before, `instead_of` the former label of a renamed one."""
    keys: dict[str, str] = {}
    folded = {label.casefold(): key for label, key in known.items()}
    for label in labels:
        former = instead_of.get(label, label)
        key = folded.get(label.casefold()) or folded.get(former.casefold())
        keys[label] = key or new_key(label, {*known.values(), *keys.values()})
    return keys


def new_key(label: str, taken: Collection[str]) -> str:
    """A key for a new entry, from its first label; a number is added where the key is taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:34] or "entry"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def renamed(before: Sequence[str], now: Sequence[str]) -> dict[str, str]:
    """New label -> the former one, where as many lines came as went in the same place."""
    pairs = (zip(went, came, strict=True) for went, came in _changed(before, now)
             if len(went) == len(came))  # fmt: skip
    return renamed_in_rows([pair for place in pairs for pair in place], before, now)


def renamed_in_rows(
    pairs: Sequence[tuple[str, str]], before: Sequence[str], now: Sequence[str]
) -> dict[str, str]:
    """The same from pairs of what stood and stands in one place. What moved was not renamed."""
    old, new = ({label.casefold() for label in labels} for labels in (before, now))
    return {
        label: former
        for former, label in pairs
        if former and label and former.casefold() not in new and label.casefold() not in old
    }


def unclear(before: Sequence[str], now: Sequence[str]) -> tuple[str, str] | None:
    """A line that came and one that went where nobody can say whether it is its new name."""
    for went, came in _changed(before, now):
        if went and came and len(went) != len(came):
            return came[0], went[0]
    return None


def _changed(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Place by place the lines that went and those that came."""
    old, new = ([line.casefold() for line in lines] for lines in (before, now))
    for step, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "replace":
            yield list(before[i:j]), list(now[k:m])
