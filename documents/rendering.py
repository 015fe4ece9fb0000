"""HTML to a PDF that lasts and that everybody can read: PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from documents.letters import FONTS
from documents.limited import BUSY, MEGABYTE, Limits, Stopped, run
from documents.places import PERSON, Caller
from documents.rendered import renderer

HERE: Final = Path(__file__).resolve().parent

LARGEST_PAGE: Final = 2 * MEGABYTE  # 216 pages of clauses are 0.7 MB
LARGEST_ATTACHMENTS: Final = 5 * MEGABYTE
LIMITS: Final = Limits(memory=1024 * MEGABYTE, cpu=30, wall=60, answer=50 * MEGABYTE)
# The modules that decide how a page becomes a PDF.
RULES: Final = (
    *("typesetting", "boxes", "letters", "spoken"),
    *("conformance", "tagging", "lists", "joining"),
)
SENTENCES: Final = {
    "busy": BUSY,
    "time": "This document took too long to print. Try again; if that does not help, shorten it, "
    "or split it into several.",
    "memory": "This document is too large to print. Shorten it, or split it into several.",
    "size": "This document is too large to print. Shorten it, or split it into several.",
    "depth": "This document cannot be printed: its lists or quotations are nested too deeply. "
    "Use fewer levels.",
    "failure": "The PDF could not be made. Try again, and tell your administrator if it fails "
    "again.",
}


class RenderingFailed(Exception):
    """There is no PDF. The message is a sentence for the person who asked for one.

    `passing` says whether the cause may be the moment and not the document.
    """

    def __init__(self, sentence: str, *, passing: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.passing = sentence, passing


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF: the same agreement as data."""

    name: str
    data: bytes
    content_type: str
    description: str


@cache
def printer() -> str:
    """Names whatever decides how a page becomes a PDF, for those that are kept."""
    rules = [HERE / f"{name}.py" for name in RULES]
    packages = ["weasyprint", "pydyf", "fonttools", "pikepdf"]
    return renderer("pdf", packages, [*rules, *(HERE / "print").iterdir(), *FONTS.glob("*.ttf")])


def render(html: str, *, attachments: Sequence[Attachment] = (), caller: Caller = PERSON) -> bytes:
    """The PDF of a page made with `documents/base.jinja`. Equal input gives equal bytes.

    Takes about a second and a half, in a process of its own. Raises RenderingFailed.
    """
    return _rendered([html], attachments, caller)


def render_within(tries: Sequence[str], *, most_pages: int, caller: Caller = PERSON) -> bytes:
    """The PDF of the first of these pages that has no more than so many sheets' sides.

    Each says the same in less room; the last is made so that it fits. Raises RenderingFailed.
    """
    return _rendered(tries, (), caller, most_pages=most_pages)


def _rendered(
    tries: Sequence[str],
    attachments: Sequence[Attachment],
    caller: Caller,
    most_pages: int | None = None,
) -> bytes:
    pages = [html.encode(errors="replace") for html in tries]
    largest = max(len(page) for page in pages)
    if largest > LARGEST_PAGE or sum(len(a.data) for a in attachments) > LARGEST_ATTACHMENTS:
        raise RenderingFailed(SENTENCES["size"])
    about = [
        {"name": a.name, "description": a.description, "content_type": a.content_type}
        for a in attachments
    ]
    try:
        asked = {"attachments": about, "tries": len(pages), "most_pages": most_pages}
        contents = [*pages, *(a.data for a in attachments)]
        _, files = run("render", asked, contents, LIMITS, caller=caller)
    except Stopped as stop:
        raise RenderingFailed(SENTENCES[stop.why], passing=stop.passing) from stop
    if not files:
        raise RenderingFailed(SENTENCES["size"])
    return files[0]
