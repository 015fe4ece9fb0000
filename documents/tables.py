"""Tables that somebody typed: with bars, or with tabs, as Word and Excel give them.

A table says how it stands on paper: upright, or on a turned page in one of four sizes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
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
GAP: Final = 2  # letters that the space between two columns takes
# How many letters a row of the print has: upright, turned, and there in smaller sizes (print.css).
SHAPES: Final = {"": 82, "turned": 128, "small": 162, "smallest": 205}
TELEPHONE: Final = 20  # letters of a row on a page 320 pixels wide
MOST_UPRIGHT: Final = 7  # columns
TALL: Final = 400  # letters in a cell: in a narrow column they may fill a page
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

    @cached_property
    def asked(self) -> int:
        """The letters of a row in which nothing breaks that should not."""
        everything = [*([self.head] if self.head else []), *self.rows]
        return sum(max(map(_asks, column)) + GAP for column in zip(*everything, strict=True))

    @property
    def may_scroll(self) -> bool:
        """Whether it is wider than a telephone, and so has to be reached with the keyboard."""
        return self.asked > TELEPHONE

    @property
    def shape(self) -> str:
        """The largest in which no number breaks; "shared" where even the smallest is too large."""
        fitting = [shape for shape, letters in SHAPES.items() if self.asked <= letters]
        if len(self.aligned) > MOST_UPRIGHT and "" in fitting:
            fitting.remove("")
        return next(iter(fitting), "shared")


def is_tall(row: Cells) -> bool:
    """Whether a row may have to go on over the page."""
    return max(map(len, row)) > TALL


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
