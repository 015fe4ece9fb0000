from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from documents.sheet_rules import answer
from documents.spreadsheets import ROW, SENTENCES, rows_from
from house.refusals import Refused

LIST: list[list[Any]] = [
    ["Name ", "E-mail", "Since", "Beds"],
    ["Ana Ruiz", "ana@a.example", date(2013, 9, 3), 12.0],
]


def workbook(rows: list[list[Any]]) -> bytes:
    book, output = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(output)
    return output.getvalue()


GOOD = workbook(LIST)


def with_part(name: str, content: str) -> bytes:
    output = BytesIO()
    with ZipFile(BytesIO(GOOD)) as good, ZipFile(output, "w", ZIP_DEFLATED) as bad:
        for each in good.namelist():
            bad.writestr(each, good.read(each))
        bad.writestr(name, content)
    return output.getvalue()


def relation(kind: str) -> str:
    return (
        f'<Relationships><Relationship Id="1" Type="http://x/{kind}" '
        'Target="http://127.0.0.1/x" TargetMode="External"/></Relationships>'
    )


def many_parts() -> bytes:
    output = BytesIO()
    with ZipFile(output, "w") as archive:
        for number in range(2001):
            archive.writestr(str(number), "")
    return output.getvalue()


def encrypted() -> bytes:
    """The flag in the zip's directory that says a part is encrypted."""
    data = bytearray(GOOD)
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def uploaded(name: str, data: bytes) -> list[dict[str, str]]:
    return rows_from(SimpleUploadedFile(name, data))


def test_a_workbook_gives_its_rows_as_text() -> None:
    rows = uploaded("list.xlsx", workbook([*LIST, [None] * 4, ["Bo", None, None, 0.5]]))
    first = {"name": "Ana Ruiz", "e-mail": "ana@a.example", "since": "2013-09-03", "beds": "12"}
    assert rows[0] == first | {ROW: "2"}
    assert rows[1] == {"name": "Bo", "e-mail": "", "since": "", "beds": "0.5", ROW: "4"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("town", ["Fréjus", "Muñoz’s Bø", "St Mary’s – north"])  # noqa: RUF001
def test_a_csv_file_may_come_from_excel_or_from_elsewhere(encoding: str, town: str) -> None:
    text = f'Name,Town\r\n"Ruiz, Ana",{town}\r\n\r\n'
    assert uploaded("LIST.CSV", text.encode(encoding)) == [
        {"name": "Ruiz, Ana", "town": town, ROW: "2"}
    ]


@pytest.mark.parametrize("at", [0, 3, 10])
def test_an_empty_byte_makes_no_other_letters_of_a_list(at: int) -> None:
    """An even number of bytes with one of them was read as UTF-16: Chinese letters, no names."""
    data = bytearray(b"Name,Town\nAna Ruiz,Moor")
    data[at:at] = b"\0"
    with pytest.raises(Refused):
        uploaded("list.csv", bytes(data))


@pytest.mark.parametrize("data", [b"Nama\n\0D\n", b"Nime\n\0\x14J", b"\x0fame\n\0`\n"])
def test_in_a_file_of_a_few_bytes_one_empty_byte_is_damage_too(data: bytes) -> None:
    with pytest.raises(Refused):
        uploaded("list.csv", data)


@pytest.mark.parametrize(("mark", "name"), [(";", "list.csv"), ("\t", "list.txt"), (",", "l.tsv")])
def test_cells_may_be_parted_by_semicolons_or_tabs(mark: str, name: str) -> None:
    text = f"Full name{mark}Since\nAna Ruiz{mark}1,5\n" if mark != "," else "Full name,Since\nA,1\n"
    [row] = rows_from(SimpleUploadedFile(name, text.encode()), {"full name", "since"})
    assert row["full name"].startswith("A")
    assert row["since"] == ("1,5" if mark != "," else "1")


def test_a_title_may_stand_above_the_headings() -> None:
    text = "Staff of the practice; April 2013\n\n;Name *;E-Mail:\n;Ana;ana@a.example\n"
    [row] = rows_from(SimpleUploadedFile("list.csv", text.encode()), {"name", "e-mail"})
    assert row == {"name": "Ana", "e-mail": "ana@a.example", ROW: "4"}
    book = workbook([["Our list"], [None], ["Name", "E-mail"], ["Ana", "ana@a.example"]])
    [row] = rows_from(SimpleUploadedFile("list.xlsx", book), {"name", "e-mail"})
    assert row == {"name": "Ana", "e-mail": "ana@a.example", ROW: "4"}


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("bomb", with_part("xl/big.xml", "0" * 5_000_000)),
        ("bomb", many_parts()),
        ("macros", with_part("xl/vbaProject.bin", "x")),
        ("password", encrypted()),
        ("links", with_part("xl/_rels/a.rels", relation("externalLinkPath"))),
        ("links", with_part("word/_rels/a.rels", relation("attachedTemplate"))),
        ("damaged", with_part("../../etc/x", "x")),
        ("damaged", with_part("xl/_rels/a.rels", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
        ("damaged", GOOD[:-300]),
    ],
)
def test_a_workbook_that_could_do_harm_is_refused(reason: str, data: bytes) -> None:
    assert answer({"rows": 10}, [data])[0]["reason"] == reason
    assert SENTENCES[reason].endswith("upload that.")


def test_the_refusal_is_a_sentence_that_says_what_to_do() -> None:
    with pytest.raises(Refused, match="contains macros"):
        uploaded("list.xlsx", with_part("xl/vbaProject.bin", "x"))


def test_a_link_that_a_person_can_click_on_is_no_harm() -> None:
    data = with_part("xl/_rels/a.rels", relation("hyperlink"))
    assert answer({"rows": 10}, [data])[0]["reason"] is None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("list.csv", GOOD, "kind"),
        ("list.xlsx", b"Name\nAna\n", "kind"),
        ("list.docx", GOOD, "kind"),
        ("list.csv", b"Name\n\0\0\0\n", "kind"),
        ("list.csv", b"Name\n" + b"x\n" * 5001, "rows"),
        ("list.csv", b"Name,name\na,b\n", "headings"),
        ("list.csv", b",\na,b\n", "no rows"),
        ("list.csv", b"Name\n\n\n", "no rows"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_words(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        uploaded(name, data)
    assert refused.value.sentence == SENTENCES[reason]


def spoil(at: int, noise: bytes) -> bytes:
    return GOOD[:at] + noise + GOOD[at + len(noise) :]


@settings(deadline=None, max_examples=50)
@given(st.integers(0, len(GOOD)), st.binary(max_size=20))
def test_a_spoiled_workbook_is_answered_whatever_its_bytes(at: int, noise: bytes) -> None:
    assert answer({"rows": 10}, [spoil(at, noise)])[0]["reason"] in {None, *SENTENCES}
