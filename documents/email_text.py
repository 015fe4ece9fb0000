"""The text of an e-mail: in letters, without what a page would do, as long as a record may be."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, Final

import nh3

from house.text import tidy_text

# Characters. What is longer is cut, and the record says so; the file has all of it.
LONGEST: Final = 100_000
_LARGEST_PAGE: Final = 1_000_000
_MOST_TAGS: Final = 20_000
_LINES: Final = frozenset({
    "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr",
    "blockquote", "pre", "dt", "dd", "section", "article",
})  # fmt: skip
_NOT_SHOWN: Final = frozenset({"script", "style", "title", "head", "noscript", "template"})
_LINK: Final = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"</?[a-z0-9]+[^<>]*>")
# How programs begin what they forward, within the first lines of the text.
_FORWARDS: Final = re.compile(
    r"[ >]*(-{2,} ?(forwarded|original) message ?-{2,}|begin forwarded message:)", re.IGNORECASE
)
_FROM: Final = re.compile(r"[ >*]*from:", re.IGNORECASE)
_THEN: Final = re.compile(r"[ >*]*(sent|date|to|subject):", re.IGNORECASE)
_FIRST: Final = 4


@dataclass(frozen=True)
class TextFound:
    """`source` is "plain", "html" or "" for none; `wrong`: not all its letters could be read."""

    text: str
    source: str
    wrong: bool = False


def text_facts(found: TextFound) -> dict[str, Any]:
    """The text as it is kept, with what is to be said of it."""
    text, findings = tidy_text(found.text[: 2 * LONGEST]), []
    if len(text) > LONGEST or len(found.text) > 2 * LONGEST:
        text = text[:LONGEST]
        findings.append("text_cut")
    if found.source == "html":
        findings.append("from_html")
    if not text:
        findings.append("no_text")
    if found.wrong:
        findings.append("letters")
    if begins_forwarded(text):
        findings.append("forwarded_text")
    return {"text": text, "findings": findings}


def begins_forwarded(text: str) -> bool:
    """Whether the text begins with the headers of another e-mail."""
    lines = [line for line in text[:5_000].splitlines() if line.strip()][: _FIRST + 4]
    if any(_FORWARDS.match(line) for line in lines[:_FIRST]):
        return True
    return bool(lines and _FROM.match(lines[0]) and sum(map(bool, map(_THEN.match, lines[1:]))) > 1)


def decoded(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The letters, and whether some may be wrong: the character set is none, or not this one."""
    for name in filter(None, (charset, "utf-8")):
        try:
            return data.decode(name), bool(charset) and name != charset
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("cp1252", "replace"), True


def from_html(page: str) -> str:
    """What a page says, line by line, with the addresses that its links lead to."""
    kept = " ".join(_without_acts(page[:_LARGEST_PAGE]).split())
    kept = _LINK.sub(lambda found: _link(found[1], found[2]), kept)
    kept = _TAG.sub(lambda found: "\n" if _name(found[0]) in _LINES else "", kept)
    lines = [line.strip() for line in html.unescape(kept).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_acts(page: str) -> str:
    """Its lines and links alone. Of a page that was made to be slow the tags are just taken out:
    what comes of it is plain text in any case."""
    if page.count("<") > _MOST_TAGS:
        return page
    return nh3.clean(
        page,
        tags={*_LINES, "a"},
        clean_content_tags=set(_NOT_SHOWN),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _name(tag: str) -> str:
    return tag.strip("</> ").split(" ")[0]


def _link(address: str, words: str) -> str:
    """With its address in brackets, where the words do not say it themselves."""
    bare = address.removeprefix("mailto:").rstrip("/")
    shown = _TAG.sub("", words).strip()
    return words if bare in (shown, shown.rstrip("/")) else f"{words} [{bare}]"
