"""Markdown that people typed, as HTML that is safe on every way out: page, comparison, PDF.

The only place in the portal that makes Markup. Whatever the Markdown parser lets through, the
sanitiser comes last, with a short list of what may stay.
"""

from __future__ import annotations

from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup

TAGS: Final = frozenset(
    {"p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
    | {"h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
SCHEMES: Final = frozenset({"https", "mailto"})
LOWEST_HEADING: Final = 6


def to_html(text: str) -> Markup:
    """Safe HTML of a clause's body. Its headings begin at h4, below the clause's own heading."""
    html = _parser.render(text)
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 (sanitised in the line above)


def _demote_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag.removeprefix("h"))
            token.tag = f"h{min(level + 3, LOWEST_HEADING)}"


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    parser.enable("table").disable("image")
    parser.core.ruler.push("demote_headings", _demote_headings)
    return parser


_parser = _make_parser()
