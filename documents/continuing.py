"""What goes on from one page to the next, told from WeasyPrint's boxes before they become a PDF.

Its tags do not say so: on each page they begin anew. `documents.joining` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure.boxes import TableRowGroupBox

Box = Any  # WeasyPrint's boxes have no types


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
