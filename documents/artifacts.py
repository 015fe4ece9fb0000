"""Running headers, footers and page numbers: for the eye, not for a screen reader.

WeasyPrint marks them as content that belongs to no part of the document's structure. A reader
that goes by the page rather than by the structure would speak them on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Object, Pdf

# As WeasyPrint writes it; its strings are hexadecimal, so no text can look like this.
MARKED: Final = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")
ARTIFACT: Final = b"/Artifact <</Type /Pagination>> BDC"


def turn_into_artifacts(document: Pdf) -> None:
    """Every piece of marked content outside the structure becomes an artifact."""
    root = document.Root.StructTreeRoot
    structured = set(_structured(root))
    rows = _rows(root.ParentTree.Nums)
    for page in document.pages:
        row = rows[int(page.obj.StructParents)]
        loose = {n for n in range(len(row)) if (page.objgen, n) not in structured}
        if not loose:
            continue
        for number in loose:
            row[number] = None
        content = page.obj.Contents
        content.write(MARKED.sub(lambda m: ARTIFACT if int(m[1]) in loose else m[0], content.read_bytes()))


def _structured(root: Object) -> Iterator[tuple[tuple[int, int], int]]:
    """(page, number) of each marked content that the structure reaches."""
    waiting = list(root.K)
    while waiting:
        element = waiting.pop()
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                yield element.Pg.objgen, kid
            elif "/S" in kid:
                waiting.append(kid)


def _rows(numbers: Object) -> dict[int, Object]:
    """The parent tree's list for each page, by the page's number."""
    pairs = zip(numbers[0::2], numbers[1::2], strict=True)
    return {int(number): row for number, row in pairs if isinstance(row, Array)}
