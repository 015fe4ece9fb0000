"""Lists of terms as people write them, one to a line, and the keys that the entries keep.

An entry keeps its key, whatever it is called (record 0017). A line that says what one said before
is that entry; one that stands in the place of another is that entry with a new name; every other
line is a new entry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from django import forms

from agreements.drafting.rules import free_key
from nhsuk.forms import TextField

MOST_LINES = 30
LONGEST_LINE = 200
LONGEST_KEY = 34
MAY_BE_VACANT = "(may be vacant)"
ONE_TITLE = "One job title on each line."
ONE_SOURCE = (
    "One on each line. To call one differently, change its line. Put a new one on its own line."
)
ONE_ROLE = (
    f"One role on each line. Where nobody has to hold a role, add {MAY_BE_VACANT}. To give a role "
    "another name, change its line: whoever holds it stays. Put a new role on its own line."
)


class LinesField(TextField):
    """Several short lines, each a thing of its own. Gives a list of them, without empty ones."""

    def __init__(self, **options: object) -> None:
        options.setdefault("max_length", 5_000)
        super().__init__(**options)  # type: ignore[arg-type]

    def clean(self, value: object) -> list[str]:
        text = str(super().clean(value))
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        self._refuse_odd(lines)
        return lines

    def _refuse_odd(self, lines: list[str]) -> None:
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Enter {MOST_LINES} lines or fewer.")
        if long := next((line for line in lines if len(line) > LONGEST_LINE), None):
            raise forms.ValidationError(
                f"Each line must be {LONGEST_LINE} characters or fewer. The line that begins "
                f"“{long[:40]}” has {len(long)}."
            )
        if twice := first_repeated(lines):
            raise forms.ValidationError(f"“{twice}” is there twice. Enter each line once.")


def numbers(text: str) -> list[int] | None:
    """The whole numbers of "180, 120, 60", largest first and each once; None for anything else."""
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        return None
    return sorted({int(part) for part in parts}, reverse=True)


def split_mark(line: str) -> tuple[str, bool]:
    """A role's label, and whether somebody must hold it: "Lead clinician (may be vacant)"."""
    label = line.removesuffix(MAY_BE_VACANT).strip()
    return label, label == line


def first_repeated(lines: Iterable[str]) -> str:
    seen: set[str] = set()
    for line in lines:
        if line.casefold() in seen:
            return line
        seen.add(line.casefold())
    return ""


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
    whole = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")
    stem = whole[:LONGEST_KEY]
    if whole[LONGEST_KEY : LONGEST_KEY + 1] not in ("", "_"):
        # Of a blank people type it: it ends with a whole word.
        stem = stem.rpartition("_")[0] or stem
    return free_key(stem or "entry", taken, between="_")


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


def what_is_odd(labels: Sequence[str], before: Sequence[str]) -> str:
    """What is not right with one side's roles as they were typed; empty where nothing is."""
    if "" in labels:
        return f"Enter the name of the role before {MAY_BE_VACANT}"
    if twice := first_repeated(labels):
        return f"“{twice}” is there twice. Enter each role once."
    if not (places := unclear(before, labels)):
        return ""
    came, went = places
    return (
        f"“{came}” may be another name for “{went}”, or a new role: we cannot tell. First change "
        "names alone, or take roles out, and save. Then add what is new."
    )


def _changed(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Place by place the lines that went and those that came."""
    old, new = ([line.casefold() for line in lines] for lines in (before, now))
    for step, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "replace":
            yield list(before[i:j]), list(now[k:m])
