"""Puts right what WeasyPrint's tags say wrongly, or leave unsaid, to a screen reader.

- Running headers, footers and page numbers are marked as content that no part of the structure
  holds: a reader that goes by the page would speak them on each one. They become artifacts.
- A link with markup inside it becomes several links, some of them outside any Link element; one
  without text stays as a link to nothing.
- A header cell does not say whether it heads a column or a row; a table may be all header.
- A list item with paragraphs inside has no body; a list inside an item stands beside it.
- The contents are a list like any other, with rows of dots to be spoken.
- What goes on over the page begins anew there (`documents.joining`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Final

from pikepdf import Array, Name, Object, Pdf

from documents.joining import join
from documents.lists import put_lists_right

# As WeasyPrint writes it; its strings are hexadecimal, so no text can look like this.
MARKED: Final = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")
ARTIFACT: Final = b"/Artifact <</Type /Pagination>> BDC"
LINK: Final = "/Link"
Numbered = tuple[int, int]  # an object's number and generation


class _Structure:
    """One walk through the structure, which corrects it and notes what it reaches."""

    def __init__(self, document: Pdf) -> None:
        self.document = document
        self.marked: set[tuple[Numbered, int]] = set()  # (page, number) of marked content
        self.spare: set[Numbered] = set()  # annotations that belong to no link of their own
        top = document.Root.StructTreeRoot.K
        waiting: list[tuple[Object, frozenset[str]]] = [(each, frozenset()) for each in top]
        while waiting:
            element, within = waiting.pop()
            role = str(element.S)
            self._put_right(element, role, within)
            kids = self._keep(element, role, within)
            waiting += [(kid, within | {role}) for kid in kids]

    def _put_right(self, element: Object, role: str, within: frozenset[str]) -> None:
        if role == LINK and LINK in within:
            element.S = Name.Span
        elif role == "/TH":
            element.A.Scope = Name.Column if "/THead" in within else Name.Row
        elif role == "/Table":
            _give_rows(element)

    def _keep(self, element: Object, role: str, within: frozenset[str]) -> list[Object]:
        """Drops the kids that should not be there; the elements among those that stay."""
        kept, elements = [], []
        for kid in element.K:
            if isinstance(kid, int):
                self.marked.add((element.Pg.objgen, kid))
            elif "/S" not in kid:
                if LINK in within or role not in (LINK, "/Form"):
                    self.spare.add(kid.Obj.objgen)
                    continue
            elif _is_empty(kid):
                self.spare |= {each.Obj.objgen for each in kid.K}
                continue
            else:
                elements.append(kid)
            kept.append(kid)
        if len(kept) != len(element.K):
            element.K = Array(kept)
        return elements


def _is_empty(element: Object) -> bool:
    """A link without text."""
    return element.S == LINK and not any(isinstance(kid, int) or "/S" in kid for kid in element.K)


def _give_rows(table: Object) -> None:
    parts = {str(part.S): part for part in table.K}
    if "/THead" in parts and "/TBody" not in parts:
        parts["/THead"].S = Name.TBody


def correct(document: Pdf, going_on: Sequence[Sequence[str]]) -> None:
    """Corrects the tags of a PDF that WeasyPrint has just written.

    `going_on` has for each page the HTML tags that continue from the page before.
    """
    put_lists_right(document)
    join(document, going_on)
    structure = _Structure(document)
    rows = _drop_annotations(document, structure.spare)
    for page in document.pages:
        row = rows[int(page.obj.StructParents)]
        loose = {n for n in range(len(row)) if (page.objgen, n) not in structure.marked}
        for number in loose:
            row[number] = None
        _turn_into_artifacts(page.obj.Contents, loose)


def _turn_into_artifacts(content: Object, numbers: set[int]) -> None:
    def replacement(found: re.Match[bytes]) -> bytes:
        return ARTIFACT if int(found[1]) in numbers else found[0]

    if numbers:
        marked = MARKED.sub(replacement, content.read_bytes())
        content.write(zlib.compress(marked), filter=Name.FlateDecode)


def _drop_annotations(document: Pdf, spare: set[Numbered]) -> dict[int, Object]:
    """Takes the spare annotations off the pages; the rest of the parent tree, by number."""
    tree = document.Root.StructTreeRoot.ParentTree
    for page in document.pages:
        if "/Annots" in page and spare:
            page.obj.Annots = Array([a for a in page.obj.Annots if a.objgen not in spare])
    gone = {int(document.get_object(number).StructParent) for number in spare}
    pairs = zip(tree.Nums[0::2], tree.Nums[1::2], strict=True)
    rows = {int(number): row for number, row in pairs if int(number) not in gone}
    tree.Nums = Array([each for pair in rows.items() for each in pair])
    return dict(zip(rows, tree.Nums[1::2], strict=True))
