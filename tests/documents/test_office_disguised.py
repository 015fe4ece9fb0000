"""Word and Excel files in which something hides under another name, or in pieces."""

from __future__ import annotations

import pytest

from documents.office_rules import MAIN, answer
from tests.documents.test_office import BODY, TEXT, packed, relation, types

CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (MARK.format(each) for each in ("begin", "separate", "end"))
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELS = "word/_rels/document.xml.rels"


ORDINARY = (
    ' HYPERLINK \\l "_Toc1" ',
    ' HYPERLINK "https://a.example/x" \\o "See: it" \\* MERGEFORMAT ',
    ' HYPERLINK "mailto:a@a.example" ',
    ' TOC \\o "1-3" \\h \\z \\u ',
    " =",
    " IF ",
    " IMPORTANT ",
)


def reason(kind: str = "docx", **parts: str) -> str | None:
    """The reason against a file with these parts, by their names."""
    whole = {"[Content_Types].xml": types(kind), "word/document.xml": TEXT}
    found: str | None = answer({"kind": kind}, [packed(whole | parts)])[0]["reason"]
    return found


def of_text(*runs: str) -> str | None:
    return reason(**{"word/document.xml": BODY.format("".join(runs))})


def within(kind: str) -> str:
    """A relation to a part of the file itself."""
    return relation(kind, "x.dat").replace(' TargetMode="External"', "")


@pytest.mark.parametrize("name", ["word/_rels/document.xml.RELS", "word/_Rels/Document.xml.Rels"])
def test_what_leads_out_is_found_whatever_letters_the_part_is_named_with(name: str) -> None:
    assert reason(**{name: relation("attachedTemplate", "https://evil.example/x")}) == "links"


def test_xml_by_another_name_is_read_or_refused() -> None:
    dde = BODY.format(CODE.format("DDEAUTO x"))
    assert reason(**{"word/header.XML": dde}) == "links"
    named = f'<Override PartName="/word/h.dat" ContentType="{MAIN["docx"]}"/></Types>'
    parts = {"[Content_Types].xml": types("docx").replace("</Types>", named), "word/h.dat": dde}
    assert reason(**parts) == "damaged"
    assert reason(**{"word/Document.xml": dde}) == "damaged"


def test_the_code_of_a_field_is_read_whole() -> None:
    begins = BEGIN + CODE.format("DD")
    assert of_text(begins, CODE.format('EAUTO "cmd" "/c x"'), END) == "links"
    inner = BEGIN + CODE.format(" QUOTE 68 68 69 ") + SEPARATE + END
    assert of_text(BEGIN, inner, CODE.format(' "cmd"'), SEPARATE, END) == "links"
    assert of_text(begins, inner, CODE.format(' "cmd"'), SEPARATE, END) == "links"
    strict = BODY.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT)
    assert reason(**{"word/header.xml": strict.format(CODE.format("DDE x"))}) == "links"


def test_ordinary_fields_stay() -> None:
    page = BEGIN + CODE.format(" PAGE ") + SEPARATE + END
    for code in ORDINARY:
        assert of_text(BEGIN, CODE.format(code), page, SEPARATE, page, END) is None, code


@pytest.mark.parametrize(
    "target", ['"file:///x.exe"', r'"\\\\host\\share"', "x.exe", '\\o "t" "x"']
)
def test_a_field_that_leads_elsewhere_than_to_the_web_is_refused(target: str) -> None:
    assert of_text(BEGIN, CODE.format(f" HYPERLINK {target} "), SEPARATE, END) == "link"


@pytest.mark.parametrize(
    ("kind", "why"),
    [("vbaProject", "macros"), ("xlMacrosheet", "macros"), ("control", "files"),
     ("oleObject", "files"), ("package", "files"), ("aFChunk", "files"),
     ("externalLink", "links"), ("connections", "links"), ("webextensiontaskpanes", "links"),
     ("styles", None)],
)  # fmt: skip
def test_a_part_is_what_others_refer_to_it_as(kind: str, why: str | None) -> None:
    assert reason(**{RELS: within(kind), "word/x.dat": "MZ"}) == why


@pytest.mark.parametrize(
    ("formula", "why"),
    [("_xlfn.WEBSERVICE(A1)", "links"), ('RTD("x",,"y")', "links"), ("SUM(A1:A3)", None)],
)
def test_a_formula_fetches_nothing(formula: str, why: str | None) -> None:
    sheet = f"<worksheet><c><f>{formula}</f></c></worksheet>"
    assert reason("xlsx", **{"xl/worksheets/sheet1.xml": sheet}) == why


def test_a_letter_to_many_asks_no_database() -> None:
    merge = BODY.format("<w:mailMerge><w:query/></w:mailMerge>")
    assert reason(**{"word/settings.xml": merge}) == "links"
