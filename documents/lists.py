"""Lists as a screen reader wants them, in the tags that WeasyPrint has just written for one page.

An item is a label and one body; a list inside it is in that body. A list that only leads to other
places of the document is its table of contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf


def put_lists_right(document: Pdf) -> None:
    """Before the pages are joined: what stands in one item is found by the order on its page."""
    for each in list(_lists(document.Root.StructTreeRoot.K[0])):
        _take_in(each)
        for item in each.K:
            _give_body(document, item)
        if all(map(_leads_within, each.K)):
            _make_contents(each)


def _lists(top: Object) -> Iterator[Object]:
    """From outside in."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element.S == "/L":
            yield element
        waiting += [kid for kid in element.K if not isinstance(kid, int) and "/S" in kid]


def _take_in(outer: Object) -> None:
    """WeasyPrint puts an inner list behind the item that it belongs to."""
    items: list[Object] = []
    for kid in outer.K:
        if kid.S == "/L" and items:
            _put_inside(items[-1], kid)
        else:
            items.append(kid)
    outer.K = Array(items)


def _put_inside(item: Object, inner: Object) -> None:
    inner.P, mark = item, _first_mark(inner)
    labels = sum(kid.S == "/Lbl" for kid in item.K)
    before = sum(_first_mark(kid) < mark for kid in item.K[labels:])
    item.K.insert(labels + before, inner)


def _first_mark(element: Object) -> int:
    """The first text of an element in the order of its page; labels, drawn last, do not count."""
    marks = [
        kid if isinstance(kid, int) else _first_mark(kid)
        for kid in element.K
        if isinstance(kid, int) or kid.get("/S", "/Lbl") != "/Lbl"
    ]
    return min(marks, default=1_000_000)


def _give_body(document: Pdf, item: Object) -> None:
    """An item holds a label and one body, which holds everything else."""
    labels = [kid for kid in item.K if kid.S == "/Lbl"]
    others = [kid for kid in item.K if kid.S != "/Lbl"]
    if all(kid.S == "/LBody" for kid in others) and len(others) <= 1:
        return
    inside = [each for kid in others for each in (kid.K if kid.S == "/LBody" else [kid])]
    body = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(inside))
    )
    for kid in inside:
        if not isinstance(kid, int) and "/S" in kid:
            kid.P = body
    item.K = Array([*labels, body])


def _leads_within(item: Object) -> bool:
    """Whether all that an item says is a link to another place of the document."""
    said = [kid for body in item.K for kid in body.K]
    return len(said) == 1 and not isinstance(said[0], int) and _is_link_within(said[0])


def _is_link_within(element: Object) -> bool:
    ends = [kid for kid in element.K if not isinstance(kid, int) and "/Obj" in kid]
    return element.S == "/Link" and any("/Dest" in end.Obj for end in ends)


def _make_contents(listed: Object) -> None:
    """WeasyPrint tags a line as a link with one for the page, and in this one for the dots.

    The dots are left out, which makes artifacts of them; a link without text then goes.
    """
    listed.S = Name.TOC
    for item in listed.K:
        item.S, item.K[0].S = Name.TOCI, Name.Reference
        for dots in _links_in(_links_in(item.K[0].K)):
            dots.K = Array([kid for kid in dots.K if not isinstance(kid, int)])


def _links_in(elements: Iterable[Object]) -> Iterator[Object]:
    for element in elements:
        for kid in element.K:
            if not isinstance(kid, int) and kid.get("/S") == "/Link":
                yield kid
