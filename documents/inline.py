"""The marks inside a line: **bold**, *italic*, and addresses, which lead where they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from documents.tables import LONG

# Stars inside a word or between digits are stars: 2*3*4.
MARKS: Final = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])(?P<bold>(?:[^*]|\*(?!\*))+)(?<=[^\s*])\*\*(?![\w*])"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*\n]+)(?<=[^\s*])\*(?![\w*])"
    r"|(?P<page>https://[\w-][^\s<>\"'|]*[\w/#=&%-])"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
)
TAGS: Final = {"bold": "strong", "italic": "em"}
LONG_WORD: Final = re.compile(rf"\S{{{LONG + 1},}}")


def inline(text: str, *, in_cell: bool = False) -> str:
    """The HTML of a text without blocks; a line end is a `<br>`, long words of a cell may break."""
    return "".join(_pieces(text, in_cell)).replace("\n", "<br>\n")


def _pieces(text: str, in_cell: bool) -> Iterator[str]:
    plain, end = _breakable if in_cell else escape, 0
    for found in MARKS.finditer(text):
        kind, inside = str(found.lastgroup), found[found.lastgroup or 0]
        yield plain(text[end : found.start()])
        if tag := TAGS.get(kind):
            yield f"<{tag}>{''.join(_pieces(inside, in_cell))}</{tag}>"
        else:
            target = inside if kind == "page" else f"mailto:{inside}"
            yield f'<a href="{escape(target)}">{plain(inside)}</a>'
        end = found.end()
    yield plain(text[end:])


def _breakable(text: str) -> str:
    html, end = "", 0
    for found in LONG_WORD.finditer(text):
        html += escape(text[end : found.start()])
        html += f'<span class="long">{escape(found[0])}</span>'
        end = found.end()
    return html + escape(text[end:])
