"""Damaged and locked PDFs: what a copy is made of, and what is refused so that nothing is lost."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pikepdf import Dictionary, Encryption, Name, ObjectStreamMode, Pdf

from documents.pdf_repair import looked_at
from tests.documents.pdfs import hidden, made, opening, scanned

SCAN = scanned()
INDEX = SCAN.rfind(b"startxref")
COMPACT = scanned(object_stream_mode=ObjectStreamMode.generate)
PLAIN = scanned(compress_streams=False)
LOCKED = scanned(encryption=Encryption(owner="o", user=""))


def pictures(pdf: bytes) -> list[bytes]:
    with Pdf.open(BytesIO(pdf)) as document:
        return [page.obj.Resources.XObject.Im0.read_bytes() for page in document.pages]


def in_text_mode(pdf: bytes) -> bytes:
    return pdf.replace(b"\n", b"\r\n")


def without_one(word: bytes, pdf: bytes = SCAN) -> bytes:
    return pdf.replace(word, b"", 1)


MENDED = [
    (["index"], SCAN[:INDEX] + b"startxref\n99\n%%EOF\n"),
    (["index"], re.sub(rb"startxref\n\d+", b"startxref\n1", COMPACT)),
    (["index"], without_one(b"endobj")),
    (["index"], SCAN.replace(b" 00000 n", b" 0000x n", 1)),
    (["after"], SCAN + b"\0" * 5000),
    (["after"], SCAN + b"-- \nSent by a mail server that adds a line"),
    (["before"], b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + SCAN),
    (["before", "after"], b"Content-Type: application/pdf\r\n\r\n" + SCAN + b"--boundary--"),
    (["lines"], in_text_mode(SCAN)),
    (["lines"], in_text_mode(COMPACT)),
    (["before", "lines"], b"From: <somebody@ccg.example>\r\n" + in_text_mode(SCAN)),
    (["parts"], SCAN.replace(b"/Length 3", b"/Length 9", 1)),
    (["end"], SCAN[:INDEX]),
    (["end"], SCAN[: SCAN.rfind(b"xref\n0")]),
    (["locked"], LOCKED),
    (["index", "locked"], LOCKED[: LOCKED.rfind(b"startxref")] + b"startxref\n9\n%%EOF\n"),
]


@pytest.mark.parametrize(("faults", "pdf"), MENDED)
def test_a_copy_has_every_page_as_it_was(faults: list[str], pdf: bytes) -> None:
    found, copy = looked_at(pdf)
    assert found == {"reason": None, "faults": faults, "pages": 3}
    assert copy is not None
    assert pictures(copy) == pictures(SCAN)
    assert looked_at(copy) == ({"reason": None}, None)


def test_equal_files_give_equal_copies() -> None:
    broken = without_one(b"endobj")
    assert looked_at(broken) == looked_at(broken)


def test_what_can_be_put_back_exactly_is() -> None:
    assert looked_at(SCAN + b"\0" * 5000)[1] == SCAN.rstrip()
    assert looked_at(in_text_mode(SCAN))[1] == SCAN.rstrip()


LOST = [
    # A page's picture, its text, its whole: the file names what is not there.
    ("damaged", SCAN[: SCAN.rfind(b"endstream") - 20]),
    ("damaged", SCAN[: len(SCAN) // 2]),
    ("damaged", COMPACT[:-300]),
    ("damaged", scanned(linearize=True)[:-900]),
    # As an e-mail program does that spares the line ends which are two letters already.
    ("damaged", re.sub(rb"(?<!\r)\n", b"\r\n", PLAIN.replace(b"\x0d\x14", b"\r\n"))),
    ("damaged", SCAN.replace(b"\r", b"")[:-40]),
    ("password", scanned(encryption=Encryption(owner="o", user="u"))[:-9] + b"x\n%%EOF\n"),
    ("script", opening(Dictionary(S=Name.JavaScript, JS="x"))),
    ("launch", hidden(Dictionary(S=Name.Launch, F="x"))),
]


@pytest.mark.parametrize(("reason", "given"), LOST)
def test_what_would_be_lost_or_is_not_allowed_is_refused(reason: str, given: object) -> None:
    pdf = given if isinstance(given, bytes) else made(given)[:-30]  # type: ignore[arg-type]
    found, copy = looked_at(pdf)
    assert (found["reason"], copy) == (reason, None)


def test_a_file_that_has_fewer_pages_than_it_says_gives_both_numbers() -> None:
    fewer = re.sub(rb"/Count 3", b"/Count 7", SCAN[:INDEX])
    assert looked_at(fewer) == ({"reason": "cut", "pages": 3, "stated": 7}, None)


def test_a_change_that_was_cut_off_is_not_dropped_for_the_text_before() -> None:
    """A file may hold its former states, each with an end of its own."""
    with Pdf.open(BytesIO(SCAN)) as document:
        del document.pages[2]
    halfway = SCAN + b"5 0 obj\n<< /Type /Page /Parent 2 0 R >>\nend"
    found, copy = looked_at(halfway)
    assert found.get("faults") != ["after"]
    assert copy is None or found["faults"] == ["end"]


def test_signatures_are_said_to_hold_in_the_original_alone() -> None:
    signed = made(hidden(Dictionary(ByteRange=[0, 1, 2, 3])))
    found, _ = looked_at(signed[: signed.rfind(b"startxref")] + b"startxref\n1\n%%EOF\n")
    assert found["faults"] == ["index", "signed"]
