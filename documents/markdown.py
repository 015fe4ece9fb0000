"""What people typed, with its few marks, as HTML that is safe on every way out: page, print, PDF.

The only place in the portal that makes Markup. Whatever the reading of the marks lets through, the
sanitiser comes last, with a short list of what may stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import nh3
from markupsafe import Markup

from documents.blocks import Block, Heading, Item, List, Paragraph, blocks_of
from documents.inline import inline
from documents.rendered import each_rendered, renderer
from documents.tables import Table, is_tall
from house.text import tidy_text

HOW_TO_MARK: Final = (
    "Begin a line with - for a bullet, with 1. for a number, with ## for a heading, and with "
    "spaces to set it inside the one above. Write **words** for bold, *words* for italic. Paste a "
    "table from Word or Excel, or write | between its cells and |---|---| below its first row. "
    "All else stands as you type it, line ends too."
)
TAGS: Final = frozenset(
    {"p", "br", "strong", "em", "a", "span", "ul", "ol", "li", "h3", "h4", "h5", "h6"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES: Final = {"a": {"href"}, "li": {"value"}}
VALUES: Final = {"th": {"scope": {"col", "row"}}, "table": {"tabindex": {"0"}}}
CLASSES: Final = {
    "span": {"long"},
    "table": {"turned", "small", "smallest", "shared"},
    "tr": {"breaks"},
    "th": {"right", "centred"},
    "td": {"right", "centred"},
}
SCHEMES: Final = frozenset({"https", "mailto"})
CLAUSE_HEADING: Final = 3
LOWEST_HEADING: Final = 6
HERE: Final = Path(__file__).parent
RULES: Final = [HERE / name for name in ("markdown.py", "blocks.py", "tables.py", "inline.py")]
RENDERER: Final = renderer("html", ["nh3"], [*RULES, HERE.parent / "house" / "text.py"])


# Kept: the same few clauses are read over and over, and a third of a version's page went here.
@lru_cache(maxsize=512)
def to_html(text: str, *, under: int = CLAUSE_HEADING) -> Markup:
    """Safe HTML of what was typed, with headings below level `under`: in a clause from h4 on."""
    html = "\n".join(_html(blocks_of(tidy_text(text)), under))
    return Markup(_cleaner.clean(html))  # noqa: S704 (sanitised right here)


def each_to_html(texts: Iterable[str]) -> dict[str, Markup]:
    """The same for each clause of a text: rendered once, then kept (one query)."""
    kept = each_rendered(texts, by=RENDERER, make=lambda text: to_html(text).encode())
    return {text: Markup(html.decode()) for text, html in kept.items()}  # noqa: S704 (kept above)


def _html(blocks: Sequence[Block], under: int) -> Iterator[str]:
    """Headings go below the one above them and leave no level out: screen readers get lost."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            tag = f"h{min(under + len(above), LOWEST_HEADING)}"
            yield f"<{tag}>{inline(block.text)}</{tag}>"
        elif isinstance(block, Table):
            yield _table(block)
        else:
            yield _list(block) if isinstance(block, List) else f"<p>{_lines(block)}</p>"


def _lines(paragraph: Paragraph) -> str:
    return inline("\n".join(paragraph.lines))


def _list(listed: List) -> str:
    """Each number stands as it was typed, also where the list leaves one out or says one twice."""
    tag, next_one, items = ("ol" if listed.is_numbered else "ul"), 1, []
    for item in listed.items:
        said = f' value="{item.number}"' if item.number not in (None, next_one) else ""
        items.append(f"<li{said}>{_item(item)}</li>")
        next_one = (item.number or 0) + 1
    inside = "\n".join(items)
    return f"<{tag}>\n{inside}\n</{tag}>"


def _item(item: Item) -> str:
    """One paragraph stands bare in its item, several in elements of their own."""
    paragraphs = sum(isinstance(each, Paragraph) for each in item.blocks)
    return "\n".join(
        _list(each) if isinstance(each, List)
        else _lines(each) if paragraphs == 1 else f"<p>{_lines(each)}</p>"
        for each in item.blocks
    )  # fmt: skip


def _table(table: Table) -> str:
    shape = f' class="{table.shape}"' if table.shape else ""
    shape += ' tabindex="0"' if table.may_scroll else ""
    head = f"<thead>{_row(table, table.head, 'col')}</thead>" if table.head else ""
    rows = "".join(_row(table, row, "row" if table.has_row_heads else "") for row in table.rows)
    return f"<table{shape}>{head}<tbody>{rows}</tbody></table>"


def _row(table: Table, cells: list[str], heads: str) -> str:
    """`heads` says what are heads: "col" all cells, "row" the first one."""
    written = []
    for place, (cell, aligned) in enumerate(zip(cells, table.aligned, strict=True)):
        is_head = bool(cell) and (heads == "col" or (heads == "row" and place == 0))
        tag, scope = ("th", f' scope="{heads}"') if is_head else ("td", "")
        side = f' class="{aligned}"' if aligned else ""
        written.append(f"<{tag}{scope}{side}>{inline(cell, in_cell=True)}</{tag}>")
    breaks = ' class="breaks"' if is_tall(cells) else ""
    return f"<tr{breaks}>{''.join(written)}</tr>"


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    # nh3 allows "title" and "lang" everywhere unless it is told that nothing is.
    attributes={"*": set(), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    tag_attribute_values=VALUES,
    allowed_classes=CLASSES,
    url_schemes=set(SCHEMES),
    url_relative="deny",
    link_rel="noopener noreferrer",
)
