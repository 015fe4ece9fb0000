"""Nothing is cut at the paper's edge, and no number is broken, whatever somebody typed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import fromstring

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.markdown import to_html
from documents.rendering import render
from documents.tables import table_at
from tests.documents.sample import agreement_page

A4 = (595, 842)
MARGIN = 24 * 72 / 25.4  # points; at the right of every page
HEADS = ["Practice", "Code", "List size", "Budget", "Spent", "Left", "Lead", "Telephone"]
ROWS = [
    [f"Practice {n}", f"Y{n:05}", f"{n * 1234:,}", f"£{n * 1234567:,}.00", f"£{n * 765432:,}.00",
     f"£{n * 12345:,}.50", "Dr A", f"01632 960 {n:03}"] for n in range(1, 41)
]  # fmt: skip
ADDRESS = (
    "https://www.a-host-with-a-long-name.example/and/a/path/that/goes/on/and/on/and/on?for=ever"
)
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3


def with_bars(rows: list[list[str]], sides: str = "---") -> str:
    lines = [HEADS, [sides] * len(HEADS), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


CLAUSES = {
    "Wide": f"It stands below a sentence.\n\n{with_bars(ROWS, '--:')}\n\nAnd before one.",
    "Twenty": "\n".join("\t".join(f"{n * m * 1001:,}" for n in range(20)) for m in range(9)),
    "Long": f"{ADDRESS} and {LONG}\n\n- {LONG}\n\na | b\n---|---\n{ADDRESS} | 1,234,567.00",
    f"A heading with {LONG}": "",
    "Tall": "a\tb\tc\n1\t2\t" + "words in a cell " * 900 + "Zebra\n3\t4\t5",
    **{f"Clause {n}": "1. one\n2. two" for n in range(6, 14)},
}


@cache
def printed() -> bytes:
    title = f"Memorandum of understanding on the commissioning of primary care with {LONG}"
    return render(agreement_page(CLAUSES, title=title))


class Seen(NamedTuple):
    word: str
    page: int
    right: float
    width: float
    height: float


@cache
def words() -> list[Seen]:
    command = ["pdftotext", "-bbox", "-", "-"]
    made = subprocess.run(command, input=printed(), capture_output=True, check=True).stdout
    pages = fromstring(made).iter("{http://www.w3.org/1999/xhtml}page")  # noqa: S314 - poppler's
    return [
        Seen(word.text or "", number, *map(float, (word.attrib["xMax"], *page.attrib.values())))
        for number, page in enumerate(pages, start=1)
        for word in page
    ]


def test_nothing_stands_in_the_margin() -> None:
    assert [each for each in words() if each.right > each.width - MARGIN + 1] == []


def test_a_wide_table_stands_on_turned_pages_and_what_follows_does_not() -> None:
    turned = {each.word for each in words() if each.width > each.height}
    assert {"Practice", "Telephone", "sentence.", "960"} <= turned
    assert not turned & {"Long", "Zebra", "Contents"}


def test_no_number_of_a_table_is_broken() -> None:
    seen = {each.word for each in words()}
    for typed in (CLAUSES["Wide"], CLAUSES["Twenty"], "1,234,567.00"):
        assert set(re.findall(r"(?<!\w)£?[\d,]+(?:\.\d+)?", typed)) <= seen


def test_the_heads_of_columns_are_said_on_each_page_of_a_table() -> None:
    of_wide = {each.page for each in words() if each.word in ("£1,234,567.00", "£49,382,680.00")}
    assert of_wide == {min(of_wide), max(of_wide)}
    for page in range(min(of_wide), max(of_wide) + 1):
        assert {"Budget", "Telephone"} <= {each.word for each in words() if each.page == page}


def test_a_row_that_is_taller_than_a_page_goes_on() -> None:
    last = next(each.page for each in words() if each.word == "Zebra")
    assert sum(each.word == "cell" and each.page <= last for each in words()) == 900


def test_bookmarks_have_a_space_after_the_number() -> None:
    with pikepdf.open(BytesIO(printed())) as document, document.open_outline() as outline:
        assert "10. Clause 10" in names_in(outline.root)


def names_in(entries: Iterable[pikepdf.OutlineItem]) -> list[str]:
    return [name for each in entries for name in (each.title, *names_in(each.children))]


@pytest.mark.parametrize(
    ("columns", "letters", "shape"),
    [(3, 6, ""), (7, 6, ""), (8, 4, "turned"), (12, 8, "turned"), (12, 10, "small"),
     (20, 8, "smallest"), (40, 11, "shared")],
)  # fmt: skip
def test_a_table_is_as_large_as_it_can_be(columns: int, letters: int, shape: str) -> None:
    found = table_at(["\t".join(["9" * letters] * columns)] * 2)
    assert found
    assert found[0].shape == shape


@given(st.integers(2, 30), st.integers(1, 20))
def test_only_a_table_that_stands_upright_has_no_class(columns: int, letters: int) -> None:
    html = to_html("\n".join(["\t".join(["9" * letters] * columns)] * 3))
    assert ("<table class" not in html) == (columns <= 7 and columns * (letters + 2) <= 82)
