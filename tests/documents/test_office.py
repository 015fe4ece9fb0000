"""Word and Excel files that people bring to be kept."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from documents.office import SENTENCES, TYPES, office_file_from
from documents.office_rules import MAIN, answer
from house.refusals import Refused

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{{}}</w:p></w:body></w:document>'
TEXT = BODY.format("<w:r><w:t>Terms of reference</w:t></w:r>")


def types(kind: str) -> str:
    return f'<Types><Override PartName="/main.xml" ContentType="{MAIN[kind]}"/></Types>'


def relation(kind: str, target: str) -> str:
    return (
        f'<Relationships><Relationship Id="1" Type="http://x/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )


def packed(parts: dict[str, str]) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def document(**more: str) -> bytes:
    parts = {"[Content_Types].xml": types("docx"), "word/document.xml": TEXT}
    return packed(parts | {name.replace("__", "/").replace("_xml", ".xml"): each
                           for name, each in more.items()})  # fmt: skip


def workbook() -> bytes:
    output, book = BytesIO(), Workbook()
    book.worksheets[0].append(["Function", "Regional Team", "Committee"])
    book.save(output)
    return output.getvalue()


def test_a_document_and_a_workbook_are_taken_as_they_are() -> None:
    for name, data in (("terms.docx", document()), ("Roles.XLSX", workbook())):
        taken = office_file_from(SimpleUploadedFile(name, data))
        assert taken.data == data
        assert taken.content_type == TYPES[name[-4:].lower()]


FIELD = '<w:r><w:instrText>{} "http://127.0.0.1/x"</w:instrText></w:r>'
ENTITY = "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"
HOSTILE = {
    "another file inside": ("files", document(word__embeddings__x="MZ")),
    "a control": ("files", document(word__activeX__x="MZ")),
    "a text from elsewhere": (
        "links",
        document(word__header_xml=BODY.format(FIELD.format("INCLUDETEXT"))),
    ),
    "a program that is asked": (
        "links",
        document(word__footer_xml=BODY.format(FIELD.format("DDE"))),
    ),
    "a part that is no XML": ("damaged", document(word__styles_xml="<w:styles")),
    "an entity": ("damaged", document(word__styles_xml=ENTITY)),
    "a workbook by another name": (
        "kind",
        packed({"[Content_Types].xml": types("xlsx"), "word/document.xml": TEXT}),
    ),
    "no zip file": ("damaged", b"PK\x03\x04 and nothing else"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_else_a_file_may_do_is_refused(what: str) -> None:
    reason, data = HOSTILE[what]
    assert answer({"kind": "docx"}, [data]) == ({"reason": reason}, [])


def test_what_leads_out_of_the_file_is_refused_unless_somebody_clicks_on_it() -> None:
    rels = "word/_rels/document.xml.rels"
    whole = {"[Content_Types].xml": types("docx"), "word/document.xml": TEXT}
    for kind, target, reason in (
        ("image", "http://127.0.0.1/x", "links"),
        ("attachedTemplate", "file:///x.dotm", "links"),
        ("hyperlink", "file:///etc/passwd", "link"),
        ("hyperlink", "javascript:alert(1)", "link"),
        ("hyperlink", "https://documents.example/", None),
        ("hyperlink", "mailto:somebody@documents.example", None),
    ):
        data = packed(whole | {rels: relation(kind, target)})
        assert answer({"kind": "docx"}, [data])[0]["reason"] == reason, (kind, target)
    with_program = packed(whole | {"word/vbaProject.bin": "x"})
    assert answer({"kind": "docx"}, [with_program])[0]["reason"] == "macros"
    enabled = types("docx").replace("document.main", "document.macroEnabled.main")
    data = packed(whole | {"[Content_Types].xml": enabled})
    assert answer({"kind": "docx"}, [data])[0]["reason"] == "macros"


@pytest.mark.parametrize(
    ("name", "data"),
    [("terms.docx", b"plain words"), ("terms.doc", document()), ("roles.xlsx", document())],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match="is not what its name says"):
        office_file_from(SimpleUploadedFile(name, data))
    assert "upload that" in SENTENCES["kind"]
