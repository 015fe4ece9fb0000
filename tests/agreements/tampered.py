"""What somebody does to a sealed PDF: bits turned, parts cut, added, covered, signed anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from django.test import override_settings
from pyhanko.pdf_utils.generic import NameObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents.seal import make_certificate, seal

Tamper = Callable[[bytes, random.Random], bytes]
AT = datetime(2013, 9, 3, 8, 0, tzinfo=UTC)


def one_bit(pdf: bytes, chance: random.Random) -> bytes:
    copy = bytearray(pdf)
    copy[chance.randrange(len(pdf))] ^= 1 << chance.randrange(8)
    return bytes(copy)


def some_bytes(pdf: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(pdf))
    return pdf[:at] + chance.randbytes(chance.randrange(1, 60)) + pdf[at + chance.randrange(60) :]


def blanked(pdf: bytes, chance: random.Random) -> bytes:
    """A part that was not blank is: nothing moves."""
    at = chance.randrange(len(pdf) - 40)
    return pdf[:at] + b" " * 40 + pdf[at + 40 :]


def cut_off(pdf: bytes, chance: random.Random) -> bytes:
    return pdf[: chance.randrange(len(pdf))]


def with_bytes_behind(pdf: bytes, chance: random.Random) -> bytes:
    return pdf + chance.choice([b"\n", b"\0", b"%%EOF", chance.randbytes(99), pdf])


def with_bytes_before(pdf: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 900)) + pdf


def covered(pdf: bytes, chance: random.Random) -> bytes:
    """Added as the format has it: what was signed still stands there, and something above it."""
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        writer.root[NameObject("/Lang")] = pdf_string(f"en-{chance.randrange(1000)}")
        writer.update_root()
        output = BytesIO()
        writer.write(output)
        return output.getvalue()
    except Exception as why:
        raise AssertionError("The overlay could not be made.") from why


def with_other_metadata(pdf: bytes, chance: random.Random) -> bytes:
    """Opened and saved by another program, with another title."""
    output = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.docinfo["/Title"] = f"Something else {chance.random()}"
        document.save(output)
    return output.getvalue()


def sealed_by_another(pdf: bytes, chance: random.Random) -> bytes:
    """What was sealed, sealed anew with a key that calls itself by the same name."""
    certificate, key = make_certificate(name="The portal's seal", at=AT)
    with TemporaryDirectory() as folder:
        paths = Path(folder, "c.pem"), Path(folder, "k.pem")
        for path, content in zip(paths, (certificate, key), strict=True):
            path.write_bytes(content)
        with override_settings(SEAL_CERTIFICATE=str(paths[0]), SEAL_KEY=str(paths[1])):
            return seal(before_the_seal(pdf), reason=f"No {chance.random()}", at=AT)


def before_the_seal(pdf: bytes) -> bytes:
    """A seal is added to a whole file, of which every byte stays (test_seal.py)."""
    end = b"%%EOF"
    return pdf[: pdf.index(end) + len(end)] + b"\n"


# How many in a thousand.
SHARES: dict[Tamper, int] = {
    one_bit: 650, some_bytes: 90, blanked: 60, cut_off: 60, with_bytes_behind: 40,
    with_bytes_before: 40, covered: 30, with_other_metadata: 27, sealed_by_another: 3,
}  # fmt: skip
