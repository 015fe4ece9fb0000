"""What WeasyPrint knows of its boxes and does not write into the PDF.

What goes on from one page to the next, for `documents.joining`; the texts that glyphs alone do not
tell, for `documents.spoken`. In the child process alone, as is all of WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unicodedata import bidirectional, category

import weasyprint.pdf as writer
from weasyprint import Document
from weasyprint.formatting_structure.boxes import TableRowGroupBox, TextBox

Box = Any  # WeasyPrint's boxes have no types
MARKS: Final = ("Mn", "Mc")  # combining, as in the scripts of India and Thailand


def continuing(document: Document) -> list[list[str]]:
    """For each page the HTML tags that go on from the page before, from outside in."""
    before, found = set[int](), []
    for page in document.pages:
        root = page._page_box.children[0]
        body = root.children[0]
        found.append([each.tag for each in _first_elements(body) if id(each) in before])
        before = {id(box.element) for box in body.descendants()}
    return found


def _first_elements(box: Box) -> Iterator[Any]:
    """The elements that stand first inside each other; column heads are only said again."""
    while inside := [each for each in getattr(box, "children", ()) if not _is_head(each)]:
        outer, box = box, inside[0]
        if box.element is not None and box.element is not outer.element:
            yield box.element


def _is_head(box: Box) -> bool:
    return isinstance(box, TableRowGroupBox) and box.is_header


@contextmanager
def noting() -> Iterator[list[dict[int, str]]]:
    """While a document is written: the texts of its pages that glyphs alone do not tell."""
    noted: list[dict[int, str]] = []
    add_tags = writer.add_tags

    def note(pdf: Any, document: Any, version: Any, streams: Any) -> None:
        for stream in streams:
            texts = {kid["mcid"]: box.text for box, kid in stream._tags.items() if _tells(box)}
            noted.append(texts)
        add_tags(pdf, document, version, streams)

    writer.add_tags = note
    try:
        yield noted
    finally:
        writer.add_tags = add_tags


def _tells(box: Any) -> bool:
    """Not of what is written from right to left: readers of PDFs turn it around themselves."""
    return (
        isinstance(box, TextBox)
        and any(category(letter) in MARKS for letter in box.text)
        and not any(bidirectional(letter) in ("R", "AL") for letter in box.text)
    )
