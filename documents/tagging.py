"""Puts right what WeasyPrint's tags say wrongly, or leave unsaid, to a screen reader.

- Running headers, footers and page numbers are marked as content that no part of the structure
  holds: a reader that goes by the page would speak them on each one. They become artifacts.
- A link with markup inside it becomes several links, some of them outside any Link element; one
  without text stays as a link to nothing.
- A header cell does not say whether it heads a column or a row; a table may be all header.
- A list item with paragraphs inside has no body, and one that goes on over the page only with an
  inner list leaves an empty item.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf

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
        elif role == "/LI":
            self._give_body(element)

    def _give_body(self, item: Object) -> None:
        """A list item holds a label and one body, which holds everything else."""
        labels = [kid for kid in item.K if kid.S == "/Lbl"]
        others = [kid for kid in item.K if kid.S != "/Lbl"]
        if all(kid.S == "/LBody" for kid in others) and len(others) <= 1:
            return
        inside = [each for kid in others for each in (kid.K if kid.S == "/LBody" else [kid])]
        body = self.document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=others[0].Pg, K=Array(inside))
        )
        for kid in inside:
            if not isinstance(kid, int) and "/S" in kid:
                kid.P = body
        item.K = Array([*labels, body])

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
    """A list item without anything, or a link without text."""
    if element.S == "/LI":
        return len(element.K) == 0
    return element.S == LINK and not any(isinstance(kid, int) or "/S" in kid for kid in element.K)


def _give_rows(table: Object) -> None:
    parts = {str(part.S): part for part in table.K}
    if "/THead" in parts and "/TBody" not in parts:
        parts["/THead"].S = Name.TBody


def correct(document: Pdf) -> None:
    """Corrects the tags of a PDF that WeasyPrint has just written."""
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
