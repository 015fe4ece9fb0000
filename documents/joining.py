"""Makes one element of what WeasyPrint tags once on each page: a list, a table, a section.

A reader that goes by the tags would say "end of list", and begin a list of three, in the middle of
one. Column heads that are repeated on a page are left out, and so become artifacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pikepdf import Array, Object, Pdf

ROLES: Final = {
    "section": "/Sect",
    "div": "/Div",
    "p": "/P",
    "ol": "/L",
    "ul": "/L",
    "li": "/LI",
    "table": "/Table",
    "tbody": "/TBody",
    "tr": "/TR",
}
Numbered = tuple[int, int]  # an object's number and generation
# The table of contents, as the list that it was.
CONTENTS: Final = {"/TOC": "/L", "/TOCI": "/LI", "/Reference": "/LBody"}
# What stands between two of those and says nothing by itself.
BETWEEN: Final = {"/LBody", "/NonStruct"}


def join(document: Pdf, going_on: Sequence[Sequence[str]]) -> None:
    """`going_on` has for each page the HTML tags that continue, from outside in."""
    top = document.Root.StructTreeRoot.K[0]
    pages = zip(document.pages, map(_roles, going_on), strict=True)
    roles_of: dict[Numbered, list[str]] = {page.obj.objgen: roles for page, roles in pages}
    kept: list[Object] = []
    for kid in top.K:
        # Taken: what comes after it on the page is new.
        number: Numbered = kid.Pg.objgen
        roles = roles_of.pop(number, [])
        if kept and roles and str(kid.S) == str(kept[-1].S) == roles[0]:
            _join(kept[-1], kid, roles[1:])
        else:
            kept.append(kid)
    top.K = Array(kept)


def _roles(tags: Sequence[str]) -> list[str]:
    """Up to the first that stays in parts: a link, for example, has its own place on each page."""
    known = next((place for place, tag in enumerate(tags) if tag not in ROLES), len(tags))
    return [ROLES[tag] for tag in tags[:known]]


def _join(before: Object, after: Object, roles: Sequence[str]) -> None:
    """Moves what `after` holds into `before`; `roles` are those that go on inside."""
    if before.S == "/Table":
        _leave_heads_out(before, after)
    kids = list(after.K)
    if before.S == "/TR":
        for cell, rest in zip(before.K, kids, strict=False):
            _take(cell, list(rest.K))
        return
    if kids and len(before.K):
        last, first = before.K[-1], kids[0]
        role = _role_of(first)
        if role == _role_of(last) and (role in BETWEEN or role in roles[:1]):
            _join(last, first, roles if role in BETWEEN else roles[1:])
            del kids[0]
    _take(before, kids)


def _take(element: Object, kids: Sequence[Object]) -> None:
    for kid in kids:
        kid.P = element
        element.K.append(kid)


def _role_of(kid: Object) -> str:
    role = str(kid.S) if "/S" in kid else ""
    return CONTENTS.get(role, role)


def _leave_heads_out(before: Object, after: Object) -> None:
    """The cells below name the heads of the table's first page instead of the repeated ones."""
    heads = [_heads(table) for table in (before, after)]
    same = dict(zip(map(str, heads[1]), heads[0], strict=False))
    after.K = Array([part for part in after.K if part.S != "/THead"])
    for part in after.K:
        for row in part.K if part.S == "/TBody" else []:
            for cell in row.K:
                if "/Headers" in cell.A:
                    cell.A.Headers = Array([same.get(str(each), each) for each in cell.A.Headers])


def _heads(table: Object) -> list[Object]:
    rows = [row for part in table.K if part.S == "/THead" for row in part.K]
    return [cell.ID for row in rows for cell in row.K if "/ID" in cell]
