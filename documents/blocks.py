"""What somebody typed as blocks: paragraphs, headings, lists, tables. A line end is kept.

The few marks are those that `HOW_TO_MARK` teaches (record 0026). All else stands as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from documents.tables import Table, table_at

HEADING: Final = re.compile(r"(#{2,6})[ \t]+(.+)")
# Four digits are a year ("2013. That year"), and "01." would print as "1.".
ITEM: Final = re.compile(r"(?:[-•]|([1-9]\d{0,2})\.)[ \t]+(?=\S)")
DEEPEST: Final = 6  # levels of a list; what is set in further stays on the last
SET_IN: Final = 2  # columns that put an item inside the one above it
Lines = list[str]


@dataclass
class Paragraph:
    lines: Lines


@dataclass
class Heading:
    level: int
    text: str


@dataclass
class Item:
    """An item of a list; `number` is the one that was typed, None for a bullet."""

    number: int | None
    blocks: list[Paragraph | List] = field(default_factory=list)


@dataclass
class List:
    items: list[Item]

    @property
    def is_numbered(self) -> bool:
        return self.items[0].number is not None


Block = Paragraph | Heading | List | Table


def blocks_of(text: str) -> list[Block]:
    """The blocks in order. Every line is in one of them; a blank one parts two paragraphs."""
    lines, blocks, at = text.splitlines(), list[Block](), 0
    while at < len(lines):
        taken = 1
        if lines[at].strip():
            found, taken = _block(lines[at:])
            blocks.append(found)
        at += taken
    return blocks


def _block(lines: Sequence[str]) -> tuple[Block, int]:
    """The block that begins with the first line, and how many lines it takes."""
    first = lines[0].strip()
    if heading := HEADING.fullmatch(first):
        return Heading(len(heading[1]), heading[2]), 1
    if found := table_at(lines):
        return found
    if ITEM.match(first):
        return _Lister(lines).read()
    return _paragraph(lines)


def _paragraph(lines: Sequence[str]) -> tuple[Paragraph, int]:
    end = 1
    while end < len(lines) and not _begins(lines[end : end + 2]):
        end += 1
    return Paragraph([line.strip() for line in lines[:end]]), end


def _begins(lines: Sequence[str]) -> bool:
    """Whether something else than the paragraph above goes on with this line."""
    first = lines[0].strip()
    return (
        not first
        or HEADING.fullmatch(first) is not None
        or ITEM.match(first) is not None
        or table_at(lines) is not None
    )


class _Lister:
    """Reads a list with those inside it. `open` has, from outside in, list and indentation."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.open: list[tuple[int, List]] = []

    def read(self) -> tuple[List, int]:
        was_blank, at = False, 0
        for at, line in enumerate(self.lines):  # noqa: B007 - where it ends is told
            typed, width = line.strip(), _indentation(line)
            if typed and not self._take(typed, width, was_blank):
                break
            was_blank = not typed
        else:
            at += 1
        return self.top, at

    @property
    def top(self) -> List:
        return self.open[0][1]

    def _take(self, typed: str, width: int, was_blank: bool) -> bool:
        if marked := ITEM.match(typed):
            number = int(marked[1]) if marked[1] else None
            return self._add(Item(number, [Paragraph([typed[marked.end() :]])]), width)
        # After an empty line one space is a slip: only what is set in belongs to the item.
        least = self.open[0][0] + (SET_IN if was_blank else 1)
        return width >= least and self._go_on(typed, width, was_blank)

    def _add(self, item: Item, width: int) -> bool:
        """False where another list begins, on the level of this one."""
        while len(self.open) > 1 and width < self.open[-1][0]:
            self.open.pop()
        if not self.open or (width >= self.open[-1][0] + SET_IN and len(self.open) < DEEPEST):
            return self._begin(item, width)
        _, last = self.open[-1]
        if last.is_numbered == (item.number is not None):
            last.items.append(item)
            return True
        if len(self.open) == 1:
            return False
        self.open.pop()
        return self._begin(item, width)

    def _begin(self, item: Item, width: int) -> bool:
        started = List([item])
        if self.open:
            self.open[-1][1].items[-1].blocks.append(started)
        self.open.append((width, started))
        return True

    def _go_on(self, typed: str, width: int, was_blank: bool) -> bool:
        """A line that is set in belongs to the item that it stands under."""
        while len(self.open) > 1 and width <= self.open[-1][0]:
            self.open.pop()
        blocks = self.open[-1][1].items[-1].blocks
        if isinstance(blocks[-1], Paragraph) and not was_blank:
            blocks[-1].lines.append(typed)
        else:
            blocks.append(Paragraph([typed]))
        return True


def _indentation(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())
