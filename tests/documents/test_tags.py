"""What a screen reader is told of lists, tables and the contents, over the pages too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from documents.rendering import render
from tests.documents.sample import agreement_page

ITEMS = "\n".join(f"{n}. item\n   - inner\n   - other\n\n   more of it" for n in range(1, 40))
ROWS = "\n".join(f"| Row {n} | x | |" for n in range(80))
LONG_TEXT = "A paragraph that goes on. " * 300
CLAUSES = {f"Clause {n}": "" for n in range(60)} | {
    "List": ITEMS,
    "Table": f"| A | B | |\n|---|---|---|\n{ROWS}",
    "Text": LONG_TEXT,
}


@cache
def printed() -> bytes:
    return render(agreement_page(CLAUSES))


class Tag:
    """An element of the structure as plain data: the document is closed."""

    def __init__(self, element: pikepdf.Object) -> None:
        self.role = str(element.S).removeprefix("/")
        self.scope = str(element.A.get("/Scope", "")) if "/A" in element else ""
        self.kids = [Tag(kid) for kid in element.K if not isinstance(kid, int) and "/S" in kid]
        self.marks = sum(isinstance(kid, int) for kid in element.K)

    def all(self, role: str) -> Iterator[Tag]:
        for kid in self.kids:
            yield from [kid] if kid.role == role else []
            yield from kid.all(role)


@cache
def top() -> Tag:
    with pikepdf.open(BytesIO(printed())) as document:
        return Tag(document.Root.StructTreeRoot.K[0])


def test_a_list_over_several_pages_is_one_with_its_lists_inside_the_items() -> None:
    outer = max(top().all("L"), key=lambda each: len(each.kids))
    assert [kid.role for kid in outer.kids] == ["LI"] * 39
    for item in outer.kids:
        assert [kid.role for kid in item.kids] == ["Lbl", "LBody"]
        assert [kid.role for kid in item.kids[1].kids] == ["P", "L", "P"]
        assert len(item.kids[1].kids[1].kids) == 2


def test_a_table_over_several_pages_is_one_with_its_heads_once() -> None:
    table = max(top().all("Table"), key=lambda each: len(list(each.all("TR"))))
    assert [kid.role for kid in table.kids] == ["THead", "TBody"]
    assert len(table.kids[1].kids) == 80
    assert len(list(table.all("TH"))) == 2


def test_a_section_and_a_paragraph_over_several_pages_are_one() -> None:
    roles = Counter(kid.role for kid in top().kids)
    assert roles["Sect"] == 8  # cover, contents, parties, clauses, contacts, history, two more
    longest = max(top().all("P"), key=lambda each: len(each.kids))
    assert longest.marks == 0


def test_the_contents_are_a_table_of_contents_without_the_dots() -> None:
    (contents,) = top().all("TOC")
    assert len(contents.kids) == 60 + 3 + 6  # over several pages
    assert {kid.role for kid in contents.kids} == {"TOCI"}
    for entry in contents.kids:
        (link,) = entry.kids[0].kids
        assert (entry.kids[0].role, link.role) == ("Reference", "Link")
        spans = sum(each.marks for each in link.all("Span"))
        assert link.marks + spans <= 3  # number, heading, page
    with pikepdf.open(BytesIO(printed())) as document:
        assert document.pages[1].Contents.read_bytes().count(b"/Artifact") > 100


def test_rows_have_heads_too() -> None:
    scopes = Counter(head.scope for head in top().all("TH"))
    assert scopes["/Row"] > 10
    assert not scopes[""]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_both_validators_accept_it(profile: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed())
    result = page.validate_pdf(tmp_path / "a.pdf", profile=profile)
    assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]
