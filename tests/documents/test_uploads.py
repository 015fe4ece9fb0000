from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from documents.pdf_rules import reason_against
from documents.reading import words_on
from documents.uploads import SENTENCES, pdf_from, words_of
from house.refusals import Refused
from tests.pdf import a_pdf_that_says


def uploaded(data: bytes) -> bytes:
    return pdf_from(SimpleUploadedFile("scan.pdf", data, content_type="application/pdf"))


def made(change: Callable[[Pdf], Any] = lambda _: None, **how: Any) -> bytes:
    output = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(output, **{"deterministic_id": "encryption" not in how} | how)
    return output.getvalue()


def opening(action: pikepdf.Object) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        document.Root.OpenAction = action

    return change


def hidden(thing: Dictionary) -> Callable[[Pdf], None]:
    """Deep in the file, where no viewer would look at once."""

    def change(document: Pdf) -> None:
        document.pages[0].obj.Hidden = Array([Array([Dictionary(Deeper=thing)])])

    return change


def attached(document: Pdf) -> None:
    document.attachments["virus.exe"] = b"MZ"


def to_the_first_page(document: Pdf) -> None:
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])


def two_thousand_and_one_pages(document: Pdf) -> None:
    for _ in range(2000):
        document.pages.append(document.pages[0])


def no_pages(document: Pdf) -> None:
    del document.pages[0]


JAVASCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
LAUNCH = Dictionary(S=Name.Launch, F="calc.exe")
COMPACT = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}

BAD = [
    ("damaged", made()[:-200]),
    ("damaged", b"%PDF-1.7\n" + b"[" * 100_000),
    ("password", made(encryption=Encryption(owner="o", user="u"))),
    ("password", made(encryption=Encryption(owner="o", user=""))),
    ("empty", made(no_pages)),
    ("pages", made(two_thousand_and_one_pages)),
    ("script", made(opening(JAVASCRIPT))),
    ("script", made(hidden(JAVASCRIPT), **COMPACT)),
    ("launch", made(opening(LAUNCH))),
    ("launch", made(hidden(LAUNCH))),
    ("files", made(attached)),
    ("files", made(hidden(Dictionary(Subtype=Name.RichMedia)))),
    ("opening", made(opening(Dictionary(S=Name.URI, URI="https://example.org/")))),
]


@pytest.mark.parametrize(("reason", "data"), BAD)
def test_a_pdf_that_could_do_harm_is_refused(reason: str, data: bytes) -> None:
    assert reason_against(data) == reason
    assert SENTENCES[reason].endswith(".")


def test_the_refusal_is_a_sentence_that_says_what_to_do() -> None:
    with pytest.raises(Refused, match=r"program \(JavaScript\)\. Open it, print or save it"):
        uploaded(made(opening(JAVASCRIPT)))


@pytest.mark.parametrize("change", [lambda _: None, to_the_first_page])
def test_an_ordinary_scan_is_taken_as_it_is(change: Callable[[Pdf], None]) -> None:
    assert uploaded(made(change)) == made(change)


def test_a_scanner_may_put_something_before_the_pdf() -> None:
    assert reason_against(b"\0" * 900 + made()) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html>", "not a PDF"),
        (b" " * 1024 + b"%PDF-1.7", "not a PDF"),
        (b"%PDF-1.7" + b" " * 20 * 1024 * 1024, "larger than 20 MB"),
    ],
)
def test_what_is_no_pdf_is_refused_at_once(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        uploaded(data)


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200), st.integers(0, 600))
def test_a_spoiled_pdf_is_answered_whatever_its_bytes(noise: bytes, at: int) -> None:
    pdf = made()
    assert reason_against(pdf[:at] + noise + pdf[at + len(noise) :]) in {None, *SENTENCES}


def test_the_words_of_a_pdf_are_read_and_a_scan_has_none() -> None:
    assert (words_of(a_pdf_that_says("Eastmoor CCG")) or "").strip() == "Eastmoor CCG"
    assert words_of(made()) == ""
    assert words_of(b"no PDF at all") == ""


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200), st.integers(0, 600))
def test_the_words_of_a_spoiled_pdf_are_some_or_none(noise: bytes, at: int) -> None:
    pdf = a_pdf_that_says("Eastmoor CCG")
    assert isinstance(words_on(pdf[:at] + noise + pdf[at + len(noise) :]), str)
