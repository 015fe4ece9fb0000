from __future__ import annotations

import random
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.checking import Inspection, inspect
from documents.conformance import prepare_for_seal
from documents.examining import examine
from documents.rendering import render
from documents.seal import certificates, make_certificate, seal
from tests.documents.conftest import SEALED_AT, SealFiles


@pytest.fixture(scope="module")
def sealed_note(seal_files: SealFiles) -> bytes:
    """A sealed file of one page, quick to look at many times."""
    note = render("<html lang=en-GB><title>Note</title><h1>Note</h1><p>As agreed.</p>")
    with override_settings(**seal_files._asdict()):
        return seal(prepare_for_seal(note, field_description="x"), reason="x", at=SEALED_AT)


def judged(pdf: bytes) -> Inspection:
    """What `inspect` says, without half a second for a process of its own each time."""
    found: dict[str, Any] = examine(pdf, certificates())
    return Inspection(sha256(pdf).hexdigest(), **found)


def gap_of(sealed: bytes) -> tuple[int, int]:
    """Where the signature itself stands, which no signature can cover."""
    with pikepdf.open(BytesIO(sealed)) as document:
        _, start, end, _ = (int(number) for number in document.Root.Perms.DocMDP.ByteRange)
    return start, end


def test_a_sealed_copy_is_known(sealed: bytes) -> None:
    found = inspect(sealed)
    assert found.sealed
    assert not found.changed
    assert found.sealed_at == SEALED_AT
    assert found.sha256 == sha256(sealed).hexdigest()


def test_a_copy_with_something_behind_it_is_changed(sealed: bytes) -> None:
    found = judged(sealed + b"\n%")
    assert found.changed
    assert found.intact
    assert not found.whole


def test_an_unsigned_pdf_has_no_seal(rendered: bytes) -> None:
    assert inspect(rendered) == Inspection(sha256(rendered).hexdigest(), readable=True)


def test_a_seal_by_another_key_is_not_ours(
    rendered: bytes, settings: Any, tmp_path: Path, seal_files: SealFiles
) -> None:
    certificate, key = make_certificate(name="The portal's seal", at=SEALED_AT)
    (tmp_path / "c.pem").write_bytes(certificate)
    (tmp_path / "k.pem").write_bytes(key)
    settings.SEAL_CERTIFICATE, settings.SEAL_KEY = tmp_path / "c.pem", tmp_path / "k.pem"
    forged = seal(prepare_for_seal(rendered, field_description="x"), reason="x", at=SEALED_AT)
    assert judged(forged).sealed
    settings.SEAL_CERTIFICATE = seal_files.SEAL_CERTIFICATE
    found = judged(forged)
    assert found.signed
    assert not found.ours


def test_what_a_former_certificate_sealed_is_still_ours(
    sealed: bytes, settings: Any, tmp_path: Path
) -> None:
    new, _ = make_certificate(name="The portal's seal", at=SEALED_AT)
    former = Path(settings.SEAL_CERTIFICATE).read_bytes()
    (tmp_path / "both.pem").write_bytes(new + former)
    settings.SEAL_CERTIFICATE = str(tmp_path / "both.pem")
    assert judged(sealed).sealed


def test_most_of_what_can_be_hidden_beside_the_signature_is_found_too(sealed_note: bytes) -> None:
    rng = random.Random(1)
    start, end = gap_of(sealed_note)
    accepted = 0
    for _ in range(60):
        copy = bytearray(sealed_note)
        copy[rng.randrange(start, end)] ^= 1 << rng.randrange(8)
        accepted += judged(bytes(copy)).sealed
    assert accepted <= 1


def test_a_second_signature_beside_the_seal_makes_it_changed(sealed: bytes) -> None:
    copy = sealed + sealed[gap_of(sealed)[1] :]
    assert not judged(copy).sealed


@pytest.mark.parametrize("how", ["small letters", "spaces", "raw"])
def test_a_seal_that_was_written_anew_is_still_known_as_ours(sealed: bytes, how: str) -> None:
    certificate = certificates()[0]
    digits = certificate.hex().upper().encode()
    assert digits in sealed
    anew = {
        "small letters": digits.lower(), "spaces": digits[:40] + b" \n" + digits[40:],
        "raw": b">" + certificate,
    }  # fmt: skip
    assert inspect(sealed.replace(digits, anew[how])).changed


def test_a_copy_that_was_cut_off_behind_its_seal_is_changed(sealed: bytes) -> None:
    digits = certificates()[0].hex().upper().encode()
    end = sealed.index(b">", sealed.index(digits)) + 1
    for cut in (sealed[:end], sealed[-len(sealed) + end - 20_000 : end]):
        assert inspect(cut).changed


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"/ByteRange [0 1 2 3]"]))
def test_any_bytes_at_all_are_answered(noise: bytes, start: bytes) -> None:
    found = examine(start + noise, [])
    assert "ours" not in found


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"%PDF-1.7 /ByteRange " + b"[" * 200_000,
        b"%PDF-1.7\nxref\n0 99999999\n/ByteRange trailer<</Root 1 0 R>>startxref 9 %%EOF",
    ],
)
def test_hostile_bytes_are_answered_within_limits(hostile: bytes) -> None:
    found = inspect(hostile)
    assert not found.sealed
    assert not found.ours
