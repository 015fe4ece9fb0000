"""Tables that somebody typed: with bars, or with tabs, as Word and Excel give them.

A table says how wide it stands on paper: upright, turned, or turned and small.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

RULER: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
BAR: Final = re.compile(r"(?<!\\)\|")
# Word's own numbers and bullets come with a tab: "(a)", "1.1", "iv.", "•". They head no column.
LABEL: Final = re.compile(
    r"\(?(?:[a-z]|[ivxlc]+|\d+(?:\.\d+)+|\d+(?=[.)]))[.)]?|[-•·▪■◦*\N{EN DASH}]", re.IGNORECASE
)
ALIGNED: Final = {(False, True): "right", (True, True): "centred"}
LONG: Final = 24  # letters: a longer word may break over lines, and asks for the width of this one
ROOM: Final = 82  # letters of the print's tables on an upright page; 126 on a turned one, 170 small
GAP: Final = 2  # letters that the space between two columns takes
Cells = list[str]


@dataclass
class Table:
    """Rows of equally many cells. Without `head` the first column says what its row is about."""

    head: Cells | None
    rows: list[Cells]
    aligned: list[str]

    @property
    def has_row_heads(self) -> bool:
        return self.head is None or not self.head[0]

    @property
    def shape(self) -> str:
        """How it stands on paper: "", "turned", "small" (turned, too), or "squeezed"."""
        everything = [*([self.head] if self.head else []), *self.rows]
        asked = sum(max(map(_asks, column)) + GAP for column in zip(*everything, strict=True))
        if asked <= ROOM and len(self.aligned) <= 7:
            return ""
        return "turned" if asked <= 126 else "small" if asked <= 170 else "squeezed"


def _asks(cell: str) -> int:
    """The letters of the longest word, as far as it does not break."""
    return min(max(map(len, cell.split()), default=0), LONG)


def table_at(lines: Sequence[str]) -> tuple[Table, int] | None:
    """The table that begins with the first line, and how many lines it takes."""
    if "|" in lines[0] and len(lines) > 1 and "|" in lines[1] and RULER.fullmatch(lines[1].strip()):
        return _with_bars(lines)
    return _with_tabs(lines) if "\t" in lines[0].strip() else None


def _with_bars(lines: Sequence[str]) -> tuple[Table, int]:
    body = list(takewhile(lambda line: "|" in line, lines[2:]))
    head, ruler, *rows = map(_between_bars, [lines[0], lines[1], *body])
    columns = max(map(len, [head, *rows]))
    aligned = [ALIGNED.get((each[:1] == ":", each[-1:] == ":"), "") for each in ruler]
    filled = [_filled(row, columns) for row in rows]
    return Table(_filled(head, columns), filled, _filled(aligned, columns)[:columns]), len(body) + 2


def _between_bars(line: str) -> Cells:
    inside = line.strip().removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    return [cell.strip().replace("\\|", "|") for cell in BAR.split(inside)]


def _with_tabs(lines: Sequence[str]) -> tuple[Table, int] | None:
    typed = [_between_tabs(line) for line in takewhile(_is_row, lines)]
    if len(typed) < 2:
        return None
    columns = max(map(len, typed))
    rows = [_filled(row, columns) for row in typed]
    is_headed = columns > 2 and all(rows[0][1:])
    head, body = (rows[0], rows[1:]) if is_headed else (None, rows)
    return Table(head, body, [""] * columns), len(rows)


def _is_row(line: str) -> bool:
    """Not a line that Word numbered, nor one that is only set in."""
    cells = _between_tabs(line)
    is_numbered = len(cells) == 2 and LABEL.fullmatch(cells[0]) is not None
    return "\t" in line.strip() and not is_numbered


def _between_tabs(line: str) -> Cells:
    return [cell.strip() for cell in line.split("\t")]


def _filled(row: Cells, columns: int) -> Cells:
    return [*row, *[""] * (columns - len(row))]
