"""The sealed copy, judged by programs that are not ours."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from documents.conformance import _end_plainly
from tests.documents.conftest import DATA
from tests.documents.sample import HEADINGS


def said(*command: str | Path) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_sealed_copy_lasts_and_can_be_read_by_everybody(
    sealed_file: Path, profile: str
) -> None:
    result = page.validate_pdf(sealed_file, profile=profile)
    assert result.is_compliant, [(f.rule_id, f.message) for f in result.failures]


def test_no_accessibility_error_is_found(sealed_file: Path) -> None:
    said(Path(sys.executable).parent / "outloud", "--quiet", "--fail-on", "error", sealed_file)


def test_qpdf_finds_nothing_wrong(sealed_file: Path) -> None:
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", sealed_file)


def test_pdfsig_accepts_the_signature_over_the_whole_document(sealed_file: Path) -> None:
    report = said("pdfsig", "-nocert", sealed_file)
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "Signing Time: Sep 03 2013" in report


def test_the_agreement_is_inside_as_data(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as document:
        inside = document.attachments["agreement.json"]
        assert inside.get_file().read_bytes() == DATA
        assert inside.get_file().mime_type == "application/json"
        assert inside.relationship == pikepdf.Name.Data
        assert len(document.Root.AF) == 1


def test_headers_and_page_numbers_are_artifacts_and_the_cover_has_no_header(
    sealed: bytes,
) -> None:
    with pikepdf.open(BytesIO(sealed)) as document:
        counts = [p.Contents.read_bytes().count(b"/Type /Pagination") for p in document.pages]
    assert counts[0] == 2
    assert counts[1] > 100  # with the dots of the contents
    assert set(counts[2:]) == {4}


def test_a_link_with_markup_inside_is_one_link(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as document:
        links = [
            str(annotation.A.URI)
            for sheet in document.pages
            for annotation in sheet.get("/Annots", [])
            if "/A" in annotation and "policy.example" in str(annotation.A.URI)
        ]
    assert len(links) == 2 * len(HEADINGS)  # two in each clause


def test_no_stream_ends_where_its_length_could_be_misread(sealed: bytes) -> None:
    assert b"\r\nendstream" not in sealed


def test_a_stream_that_ends_with_a_carriage_return_is_rewritten_without_loss() -> None:
    with pikepdf.new() as document:
        compressed = b"x\x9cK\xe2\x02\x00\x00\xd5\x00l"
        stream = document.make_stream(compressed, Filter=pikepdf.Name.FlateDecode)
        stream.write(b"\x01\r", filter=pikepdf.Name.ASCIIHexDecode)
        _end_plainly(stream)
        assert stream.read_raw_bytes() == b"010d>"
