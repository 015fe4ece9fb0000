"""How much stands on one side of A4: in full, then in less and less room (X13).

One side is a hard limit. What does not fit is left out by these figures, never by the paper's edge,
and the sheet says how much that is and where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Size:
    """So many lines of each part, so many letters of what stands in one; lines of a typed note."""

    duties: int
    people: int
    dates: int
    open_lines: int
    letters: int
    note: int
    note_lines: int


SIZES: Final = (
    Size(duties=14, people=14, dates=9, open_lines=8, letters=110, note=1_500, note_lines=12),
    Size(duties=12, people=12, dates=8, open_lines=7, letters=100, note=1_200, note_lines=10),
    Size(duties=10, people=10, dates=7, open_lines=6, letters=90, note=900, note_lines=9),
    Size(duties=9, people=9, dates=6, open_lines=5, letters=75, note=700, note_lines=8),
    Size(duties=7, people=7, dates=5, open_lines=5, letters=60, note=500, note_lines=7),
    Size(duties=5, people=5, dates=4, open_lines=4, letters=45, note=350, note_lines=5),
    Size(duties=3, people=3, dates=2, open_lines=2, letters=30, note=120, note_lines=2),
)


def shortened(text: str, letters: int) -> str:
    """The text, or as many of its words as there is room for, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    whole = text[: letters - 1]
    words, _, _ = whole.rpartition(" ")
    return f"{(words if len(words) > letters // 2 else whole).rstrip(' ,;:.')}…"


def shortened_lines(text: str, letters: int, lines: int) -> list[str]:
    """A typed text in its own lines, as far as both limits go; where it is cut stands an ellipsis.

    One that would stand behind the limits, after the last line, is not counted.
    """
    whole = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    found: list[str] = []
    for line in whole[:lines]:
        left = letters - sum(map(len, found))
        if left < 2:
            break
        found.append(shortened(line, left))
        if found[-1] != line:
            return found
    if found and len(found) < len(whole):
        found[-1] += " …"
    return found
