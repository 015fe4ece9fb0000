"""PDFs: a small one that is one, for uploads, and what stands in one that was made."""

from __future__ import annotations

import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from documents import limited, places
from documents.places import THREADS


@cache
def a_pdf() -> bytes:
    made, output = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(output, deterministic_id=True)
    return output.getvalue()


def a_pdf_that_says(words: str) -> bytes:
    """One page with one line on it."""
    made, output = pikepdf.new(), BytesIO()
    page = made.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode())
    made.save(output, deterministic_id=True)
    return output.getvalue()


def a_pdf_that_takes_long(certificate: bytes) -> bytes:
    """Sixteen kilobytes that take a reader half a minute, with a certificate as a seal has it."""
    entries = 4_000_000
    table = zlib.compress(bytes(3 * entries), 9)
    seal = b"/ByteRange[0 1 2 3]/Contents<" + certificate.hex().encode() + b">"
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog" + seal + b">>\nendobj\n"
    head = b"<</Type/XRef/Size %d/W[1 1 1]/Index[0 %d]/Root 1 0 R/Filter/FlateDecode/Length %d>>"
    stream = head % (entries, entries, len(table)) + b"\nstream\n" + table + b"\nendstream"
    return body + b"2 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream, len(body))


@contextmanager
def busy_with_files() -> Iterator[None]:
    """As many threads of this process wait for a child as may."""
    for _ in range(THREADS):
        assert places._threads.acquire(blocking=False)
    try:
        yield
    finally:
        places._threads.release(THREADS)


def printed(pdf: bytes) -> str:
    """What stands in the document, each run of white space as one space."""
    command = ["/usr/bin/env", "pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return " ".join(text.decode().split())


@contextmanager
def equal_documents_made_once() -> Iterator[None]:
    """Equal input gives equal bytes: what was typeset once in the block is not typeset again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limited, "_answer", cache(limited._answer))
        yield
