"""What is typed is what is printed: on the page, and in the PDF made of the same HTML."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from random import Random
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from documents.markdown import HOW_TO_MARK, to_html
from documents.rendering import render
from tests.documents.sample import agreement_page

WORD = re.compile(r"\w+")


def shown_in(html: str) -> str:
    """All that a reader sees, numbers of lists and ends of lines included."""
    body = HTML(string=html).etree_element.find("body")
    return "".join(_seen(body)) if body is not None else ""


def _seen(element: Element) -> Iterator[str]:
    number = 0
    yield element.text or ""
    for child in element:
        if child.tag == "li":
            number = int(child.get("value", number + 1))
            yield f"\n{number}. " if element.tag == "ol" else "\n• "
        yield "\n" if child.tag in ("br", "p", "tr", "td", "th", "table", "h4") else ""
        yield from _seen(child)
        yield child.tail or ""


def lines_of(typed: str) -> list[str]:
    return [
        " ".join(line.split()) for line in shown_in(to_html(typed)).splitlines() if line.strip()
    ]


AS_TYPED = [
    "The CCG will:\n(a) name a lead\n(b) tell the other side",
    "1.1 The parties\n1.2 The area",
    "•\tfirst\n•\tsecond",
    "NHS Example\n1 High Street\nExampleton\nEX1 1EX",
    "1. one\n2. two\n4. four\n5. five",
    "3. begins late\n3. said twice\n12. and goes on",
    "2013. That year was the first.",
    "1) one\n2) two\n4) four",
    "01. with a nought\n02. again",
    "2*3*4 and 2 ** 3 ** 4 and 5* of 6*",
    "Signed on __/__/____\n____________",
    "* excluding VAT\n+ 5 per cent\n> 10 days\n# of practices",
    "Title\n---\n***\n===\nTitle",
    "AT&T &copy; &#65; \\* C:\\temp `code`",
    "[x]: a note\n[1] another\n![x](y) [a](b)",
    "    set in by four\n\ttab first",
    "i. one\niv. four\na. letter",
    "~~~\nfenced\n~~~",
    "A sum of 1,234.50\n-5 degrees\n\N{EN DASH} a dash",
    "<name>, <b> and <!-- note -->",
]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_it_stands_as_it_was_typed(typed: str) -> None:
    assert lines_of(typed) == [" ".join(line.split()) for line in typed.splitlines()]


def test_words_line_break_is_a_line_end() -> None:
    assert lines_of("NHS England\x0bLeeds\u2028LS2") == ["NHS England", "Leeds", "LS2"]


def test_bullets_of_wingdings_are_bullets() -> None:
    assert lines_of("\uf0b7\tone\n\uf0a7 two\n\uf0fc done") == ["• one", "• two", "✓ done"]


def test_what_the_help_teaches_is_mark_up() -> None:
    """One list, numbers, a heading, an inner list, bold, italic, and a table in both ways."""
    typed = "- a\n  1. b\n\n## c\n**d** *e*\n\nf\tg\th\n1\t2\t3\n\n| i | j |\n|---|---|\n| k | l |"
    html = to_html(typed)
    for taught in ("- for", "1. for", "## for", "**words**", "*words*", "|---|---|"):
        assert taught in HOW_TO_MARK
    for made in ("<ul>", "<ol>", "<h4>c<", "<strong>d<", "<em>e<", '<th scope="col">f<'):
        assert made in html
    assert html.count("<table>") == 2


def test_a_list_set_in_is_inside_the_item_above_it() -> None:
    html = re.sub(r"\s", "", to_html("1. a\n  - b\n  - c\n\n  more of a\n2. d\nend"))
    inside = "<p>a</p><ul><li>b</li><li>c</li></ul><p>moreofa</p>"
    assert html == f"<ol><li>{inside}</li><li>d</li></ol><p>end</p>"


def test_one_space_after_an_empty_line_sets_nothing_in() -> None:
    html = re.sub(r"\s", "", to_html("1. a\n\n b"))
    assert html == "<ol><li>a</li></ol><p>b</p>"


def test_a_table_of_excel_keeps_its_cells_and_has_heads() -> None:
    html = to_html("\tQ1\tQ2\nPlanned\t10\t20\nPaid\t\t19")
    assert '<tr><td></td><th scope="col">Q1</th><th scope="col">Q2</th></tr>' in html
    assert '<tr><th scope="row">Paid</th><td></td><td>19</td></tr>' in html
    assert '<tr><th scope="row">Name</th><td>Jo</td></tr>' in to_html("Name\tJo\nPost\tGP")


def test_a_table_with_bars_keeps_every_cell_and_its_sides() -> None:
    html = to_html("a | b\n:-:|--:\n1 | 2 | 3\nnot a row")
    assert '<td class="centred">1</td><td class="right">2</td><td>3</td></tr>' in html
    assert lines_of("a | b\n:-:|--:\n1 | 2 | 3\nnot a row")[-1] == "not a row"


PIECES = [
    *"ab12*_#-•|\t\x0b\\`",
    *("word", "2013", "1,234.50", "2*3*4", "**", "**bold**", "*lean*", "__/__", "(a)", "1.1"),
    *("1.", "2.", "4.", "10.", "2013.", "##", "  ", "   ", "|---|", "[x](y)", "<b>", "&amp;"),
    *("https://a.example/b", "j@a.example"),
]
LINES = [st.lists(st.sampled_from(PIECES), max_size=6).map(gap.join) for gap in (" ", "")]
TYPED = st.lists(st.one_of(LINES), max_size=8).map("\n".join)


@settings(deadline=None, max_examples=400)
@given(TYPED)
@example("- a\n\n   b\n  1. c\n 7. d")
def test_every_word_and_number_is_on_the_page_in_order(typed: str) -> None:
    assert WORD.findall(shown_in(to_html(typed))) == WORD.findall(typed)


def test_every_word_and_number_is_in_the_pdf_in_order() -> None:
    drawn = Random(2013)
    pieces = [each for each in PIECES if not set("|\t") & set(each)]
    lines = [" ".join(drawn.choices(pieces, k=6)) for _ in range(120)]
    typed = "\n".join(["Aardvark", *lines, "Zebra"])
    words = WORD.findall(inside_the_margins(render(agreement_page({"One": typed}))))
    shown = words[words.index("Aardvark") : words.index("Zebra") + 1]
    assert shown == WORD.findall(typed)


def inside_the_margins(pdf: bytes) -> str:
    window = ("-x", "0", "-y", "80", "-W", "600", "-H", "690")  # points
    command = ["pdftotext", *window, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
