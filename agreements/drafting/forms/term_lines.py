"""Lists of terms as people write them, one to a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms

from nhsuk.forms import TextField

MOST_LINES = 30
LONGEST_LINE = 200
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
