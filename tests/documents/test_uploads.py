"""What a PDF that somebody uploads may hold: lists of what is allowed."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from documents.conformance import prepare_for_seal
from documents.pdf_repair import looked_at
from documents.reading import words_on
from documents.seal import seal
from documents.uploads import SENTENCES, pdf_from, words_of
from house.refusals import Refused
from tests.documents.conftest import SEALED_AT
from tests.documents.pdfs import (
    Change,
    drawn,
    hidden,
    in_catalog,
    linked,
    made,
    noted,
    on_page,
    opening,
)
from tests.pdf import a_pdf_that_says


def uploaded(data: bytes) -> bytes:
    return pdf_from(SimpleUploadedFile("scan.pdf", data, content_type="application/pdf"))


def reason_against(data: bytes) -> str | None:
    found, copy = looked_at(data)
    assert copy is None
    reason: str | None = found["reason"]
    return reason


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
WEB = Dictionary(S=Name.URI, URI="https://example.org/")
COMPACT = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}

BAD = [
    ("damaged", b"%PDF-1.7\n" + b"[" * 100_000),
    ("password", made(encryption=Encryption(owner="o", user="u"))),
    ("empty", made(no_pages)),
    ("pages", made(two_thousand_and_one_pages)),
    ("script", made(opening(JAVASCRIPT))),
    ("script", made(hidden(JAVASCRIPT), **COMPACT)),
    ("script", made(drawn(PS=Dictionary()))),
    ("launch", made(opening(LAUNCH))),
    ("launch", made(hidden(LAUNCH))),
    ("launch", made(linked(S=Name.SubmitForm, F="https://example.org/"))),
    ("files", made(attached)),
    ("files", made(hidden(Dictionary(Subtype=Name.RichMedia)))),
    ("files", made(in_catalog(Collection=Dictionary()))),
    ("files", made(in_catalog(Names=Dictionary(Renditions=Dictionary())))),
    ("form", made(in_catalog(AcroForm=Dictionary(Fields=Array(), XFA=Array())))),
    ("opening", made(opening(WEB))),
    ("opening", made(opening(Dictionary(S=Name.Named, N=Name.Print)))),
    # Taken before there were lists.
    ("outside", made(linked(S=Name.GoToR, F="//evil.example/share/a.pdf", D=Array([0, Name.Fit])))),
    ("outside", made(linked(S=Name.GoToE, T=Dictionary()))),
    ("outside", made(linked(S=Name.Thread, F="a.pdf"))),
    ("outside", made(linked(S=Name.GoTo, F="a.pdf", D="x"))),
    ("outside", made(drawn(F="http://evil.example/stream"))),
    ("outside", made(drawn(FFilter=Name.FlateDecode))),
    ("outside", made(drawn(Ref=Dictionary(Page=0)))),
    ("outside", made(drawn(OPI=Dictionary()))),
    ("outside", made(hidden(Dictionary(Type=Name.Filespec, F="a.pdf")))),
    ("link", made(linked(S=Name.URI, URI="javascript:alert(1)"))),
    ("link", made(linked(S=Name.URI, URI=" \tjavascript:alert(1)"))),
    ("link", made(linked(S=Name.URI, URI="file:///etc/passwd"))),
    ("link", made(linked(S=Name.URI, URI="data:text/html,x"))),
    ("link", made(linked(S=Name.URI, URI="../other.pdf"))),
    ("link", made(linked(S=Name.URI, URI="https://a\r\nHost: b"))),
    ("link", made(linked(S=Name.URI, URI=Name.Odd))),
    ("acts", made(on_page(AA=Dictionary(O=WEB)))),
    ("acts", made(in_catalog(AA=Dictionary(WC=WEB)))),
    ("acts", made(noted(Subtype=Name.Link, AA=Dictionary(E=WEB)))),
    ("acts", made(linked(S=Name.URI, URI="https://a.example/", Next=WEB))),
    ("acts", made(opening(Dictionary(S=Name.GoTo, D="x", Next=Array([WEB]))))),
    ("acts", made(linked(S=Name.Hide, T="x"))),
    ("acts", made(linked(S=Name.SetOCGState, State=Array()))),
    ("acts", made(linked(S=Name.Trans, Trans=Dictionary()))),
    ("acts", made(linked(S=Name.GoTo3DView))),
    ("acts", made(linked(S=Name.Named, N=Name.Print))),
    ("acts", made(linked(S=Name.ResetForm))),
    ("acts", made(linked(S=Name.Unheard))),
    ("acts", made(on_page(PresSteps=Dictionary(NA=Dictionary(S=Name.Unheard))))),
    ("note", made(noted(Subtype=Name.TrapNet))),
    ("note", made(noted())),
    ("files", made(noted(Subtype=Name.FileAttachment))),
    ("disguised", b"#!/bin/sh\nexit\n" + made()),
    ("disguised", b"MZ" + made()),
    ("disguised", b"  <html>" + made()),
    ("disguised", b"Notes <script>x</script>\n" + made()),
    ("disguised", b"PK\x03\x04" + made()),
    ("disguised", made() + b"PK\x03\x04PK\x05\x06" + bytes(18)),
    ("disguised", made() + b"PK\x05\x06" + bytes(18) + b"\n%%EOF\n"),
]

GOOD: list[Change] = [
    lambda _: None,
    to_the_first_page,
    opening(Dictionary(S=Name.GoTo, D="chapter")),
    linked(S=Name.URI, URI="HTTPS://www.england.nhs.uk/?a=1#b"),
    linked(S=Name.URI, URI="mailto:press@ccg.example"),
    linked(S=Name.GoTo, D="chapter"),
    linked(S=Name.Named, N=Name.NextPage),
    noted(Subtype=Name.Highlight, Contents="Is this right?"),
    # A name is no deed: a font called /AA, a place called /A, a tag called /Sound.
    on_page(Resources=Dictionary(Font=Dictionary(AA=Dictionary(Type=Name.Font, F=Dictionary())))),
    in_catalog(Dests=Dictionary(A=Dictionary(D=Array([0, Name.Fit])))),
    hidden(Dictionary(Type=Name.StructElem, S=Name.Sound)),
    on_page(Trans=Dictionary(S=Name.Dissolve)),
]


@pytest.mark.parametrize(("reason", "data"), BAD)
def test_a_pdf_that_could_do_harm_is_refused(reason: str, data: bytes) -> None:
    assert reason_against(data) == reason
    assert SENTENCES[reason].endswith(".")


@pytest.mark.parametrize("change", GOOD)
def test_an_ordinary_pdf_is_taken_as_it_is(change: Change) -> None:
    assert reason_against(made(change)) is None


def test_a_typeset_document_is_taken_and_with_a_signature_that_certifies_it(
    rendered: bytes,
) -> None:
    """As signing services give it: a widget with its signature, and /DocMDP in the catalog."""
    output = BytesIO()
    with Pdf.open(BytesIO(rendered)) as document:
        del document.Root.Names, document.Root.AF
        document.save(output)
    assert reason_against(output.getvalue()) is None
    prepared = prepare_for_seal(output.getvalue(), field_description="Signature")
    assert reason_against(seal(prepared, reason="Signed", at=SEALED_AT)) is None
    assert reason_against(rendered) == "files"


def test_through_the_child_too() -> None:
    assert uploaded(made()) == made()
    with pytest.raises(Refused, match=r"a program \(.*\)\. Open it, print it to a new PDF"):
        uploaded(made(opening(JAVASCRIPT)))


def test_a_scanner_may_put_zeros_before_the_pdf_and_a_little_nothing_after() -> None:
    assert reason_against(b"\0" * 900 + made() + b"\r\n\x1a") is None


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
def test_a_spoiled_pdf_is_refused_or_its_copy_keeps_the_rules(noise: bytes, at: int) -> None:
    """What comes out of the repair is never worse than what would be taken as it is."""
    pdf = made(linked(S=Name.URI, URI="https://example.org/"))
    found, copy = looked_at(pdf[:at] + noise + pdf[at + len(noise) :])
    assert found["reason"] in {None, *SENTENCES}
    if copy is not None:
        assert reason_against(copy) is None
        assert found["faults"]
        with Pdf.open(BytesIO(copy)) as document:
            assert len(document.pages) == found["pages"]


def test_the_words_of_a_pdf_are_read_and_a_scan_has_none() -> None:
    assert (words_of(a_pdf_that_says("Eastmoor CCG")) or "").strip() == "Eastmoor CCG"
    assert words_of(made()) == ""
    assert words_of(b"no PDF at all") == ""


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200), st.integers(0, 600))
def test_the_words_of_a_spoiled_pdf_are_some_or_none(noise: bytes, at: int) -> None:
    pdf = a_pdf_that_says("Eastmoor CCG")
    assert isinstance(words_on(pdf[:at] + noise + pdf[at + len(noise) :]), str)
