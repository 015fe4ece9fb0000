"""Markdown that people typed, as HTML that is safe on every way out: page, comparison, PDF.

The only place in the portal that makes Markup. Whatever the Markdown parser lets through, the
sanitiser comes last, with a short list of what may stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from documents.rendered import each_rendered, renderer

TAGS: Final = frozenset(
    {"p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
    | {"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
SCHEMES: Final = frozenset({"https", "mailto"})
CLAUSE_HEADING: Final = 3
LOWEST_HEADING: Final = 6
RENDERER: Final = renderer("html", ["markdown-it-py", "nh3"], [Path(__file__)])


# Kept: the same few clauses are read over and over, and a third of a version's page went here.
@lru_cache(maxsize=512)
def to_html(text: str, *, under: int = CLAUSE_HEADING) -> Markup:
    """Safe HTML of what was typed, with headings below level `under`: in a clause from h4 on."""
    html = _parser.render(text, {"under": under})
    return Markup(_cleaner.clean(html))  # noqa: S704 (sanitised right here)


def each_to_html(texts: Iterable[str]) -> dict[str, Markup]:
    """The same for each clause of a text: rendered once, then kept (one query)."""
    kept = each_rendered(texts, by=RENDERER, make=lambda text: to_html(text).encode())
    return {text: Markup(html.decode()) for text, html in kept.items()}  # noqa: S704 (kept above)


def _demote_headings(state: StateCore) -> None:
    """Below the heading above them, and no level left out: screen readers lose their way there."""
    above: list[int] = []
    under = state.env.get("under", CLAUSE_HEADING)
    for token in state.tokens:
        if token.type == "heading_open":
            typed = int(token.tag.removeprefix("h"))
            while above and above[-1] >= typed:
                above.pop()
            above.append(typed)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(under + len(above), LOWEST_HEADING)}"


def _spell_out_other_links(state: StateCore) -> None:
    """A link that may not stay becomes its text and, in brackets, where it would have led."""
    for token in state.tokens:
        if token.children:
            token.children = list(_spelt_out(token.children))


def _spelt_out(tokens: list[Token]) -> Iterator[Token]:
    target = ""
    for token in tokens:
        if token.type == "link_open" and not _may_stay(str(token.attrs["href"])):
            target = str(token.attrs["href"])
        elif token.type == "link_close" and target:
            if token.info != "auto":
                yield Token("text", "", 0, content=f" ({target})")
            target = ""
        else:
            yield token


def _may_stay(target: str) -> bool:
    return target.partition(":")[0].lower() in SCHEMES


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    parser.enable("table").disable("image")
    parser.core.ruler.push("demote_headings", _demote_headings)
    parser.core.ruler.push("spell_out_other_links", _spell_out_other_links)
    return parser


_parser = _make_parser()
_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    # nh3 allows "title" and "lang" everywhere unless it is told that nothing is.
    attributes={"*": set(), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    url_schemes=set(SCHEMES),
    url_relative="deny",
    link_rel="noopener noreferrer",
)
