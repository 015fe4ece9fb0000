"""Puts right what WeasyPrint's tags say wrongly, or leave unsaid, to a screen reader.

- Running headers, footers and page numbers are marked as content that no part of the structure
  holds: a reader that goes by the page would speak them on each one. They become artifacts.
- A link with markup inside it becomes several links, some of them outside any Link element.
- A header cell does not say whether it heads a column or a row.
- A list item that goes on over the page only with an inner list leaves an empty item.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from pikepdf import Array, Name, Object, Pdf

# As WeasyPrint writes it; its strings are hexadecimal, so no text can look like this.
MARKED: Final = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")
ARTIFACT: Final = b"/Artifact <</Type /Pagination>> BDC"
Numbered = tuple[int, int]  # an object's number and generation

LINK: Final = "/Link"


class _Structure:
    """One walk through the structure, which corrects it and notes what it reaches."""

    def __init__(self, root: Object) -> None:
        self.marked: set[tuple[Numbered, int]] = set()  # (page, number) of marked content
        self.spare: set[Numbered] = set()  # annotations that repeat the link they are in
        waiting: list[tuple[Object, frozenset[str]]] = [(top, frozenset()) for top in root.K]
        while waiting:
            element, within = waiting.pop()
            role = str(element.S)
            self._name_better(element, role, within)
            kids = self._keep(element, role, within)
            waiting += [(kid, within | {role}) for kid in kids]

    def _name_better(self, element: Object, role: str, within: frozenset[str]) -> None:
        if role == LINK and LINK in within:
            element.S = Name.Span
        elif role == "/TH":
            element.A.Scope = Name.Column if "/THead" in within else Name.Row

    def _keep(self, element: Object, role: str, within: frozenset[str]) -> list[Object]:
        """Drops the kids that should not be there; the elements among those that stay."""
        kept, elements = [], []
        for kid in element.K:
            if isinstance(kid, int):
                self.marked.add((element.Pg.objgen, kid))
            elif "/S" in kid:
                if kid.S == "/LI" and not len(kid.K):
                    continue
                elements.append(kid)
            elif LINK in within or role not in (LINK, "/Form"):
                self.spare.add(kid.Obj.objgen)
                continue
            kept.append(kid)
        if len(kept) != len(element.K):
            element.K = Array(kept)
        return elements


def correct(document: Pdf) -> None:
    """Corrects the tags of a PDF that WeasyPrint has just written."""
    root = document.Root.StructTreeRoot
    structure = _Structure(root)
    rows = _drop_annotations(document, root.ParentTree, structure.spare)
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


def _drop_annotations(document: Pdf, tree: Object, spare: set[Numbered]) -> dict[int, Object]:
    """Takes the spare annotations off the pages; the rest of the parent tree, by number."""
    for page in document.pages:
        if "/Annots" in page and spare:
            page.obj.Annots = Array([a for a in page.obj.Annots if a.objgen not in spare])
    gone = {int(document.get_object(number).StructParent) for number in spare}
    pairs = zip(tree.Nums[0::2], tree.Nums[1::2], strict=True)
    rows = {int(number): row for number, row in pairs if int(number) not in gone}
    tree.Nums = Array([each for pair in rows.items() for each in pair])
    return dict(zip(rows, tree.Nums[1::2], strict=True))
