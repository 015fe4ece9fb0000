"""A copy of a PDF that is damaged or locked, which is neither, inside the limited child process.

What can be put back exactly is: what stands around the file is left out, line ends that an e-mail
program changed are put back. Else qpdf looks for the parts, and the copy is written anew. A copy
that lacks anything the file says it has is none.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pikepdf import Array, Dictionary, Object, PasswordError, Pdf, Stream, StreamDecodeLevel

from documents.pdf_edges import BLANK, ENDS, Edges, edges_of
from documents.pdf_rules import reason_against, things_in

Found = tuple[dict[str, Any], bytes | None]
TOO_MUCH: Final = (MemoryError, RecursionError)
# qpdf says which object it could not read as it stands; what it says of the whole file is harmless.
_OF_A_PART: Final = re.compile(r"\(object (\d+) (\d+), offset \d+\): (?!expected endobj)")
_GUESSED: Final = re.compile(r"\(object (\d+) (\d+), .*recovered stream length")
_LOST: Final = "unable to recover stream data"
_LONE_END: Final = re.compile(rb"(?<!\r)\n")
_SLICE: Final = 1 << 20
LAST: Final = b"\n%%EOF\n"
# What a copy may be free of; whatever else is against a file is against its copy too.
MENDED: Final = ("index", "parts", "locked")
# Readers look for the end of a file so far back.
MOST_BLANK: Final = 1000


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:  # noqa: ARG001
    found, copy = looked_at(files[0])
    return found, [copy] if copy is not None else []


def looked_at(pdf: bytes) -> Found:
    """{"reason": why it is refused, or None} and, where it was mended, the copy: with "faults",
    the keys of what was wrong, and "pages". A file that lacks pages has both numbers, "pages" and
    "stated"."""
    edges = edges_of(pdf)
    if edges.other_kind:
        return {"reason": "disguised"}, None
    if edges.clean:
        reason, _ = _judged(pdf)
        if reason not in MENDED:
            return {"reason": reason}, None
    try:
        return _put_back(edges) or _written_anew(edges)
    except TOO_MUCH:
        raise
    except Exception as error:  # hostile bytes: what cannot be read is damaged
        return {"reason": _why_not_opened(error)}, None


def _judged(pdf: bytes) -> tuple[str | None, int]:
    """The reason against it as it stands, and how many pages it has.

    Without repair: of a file that was cut off, that would quietly keep what is left.
    """
    try:
        with Pdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                return "locked", 0
            reason = reason_against(document)
            unread = any(_OF_A_PART.search(each) for each in document.get_warnings())
            return reason or ("parts" if unread else None), len(document.pages)
    except TOO_MUCH:
        raise
    except Exception as error:  # hostile bytes: every other kind of error means the same
        return _why_not_opened(error, otherwise="index"), 0


def _why_not_opened(error: Exception, *, otherwise: str = "damaged") -> str:
    """A password that is asked for, or a lock of a kind that nobody opens here, says so."""
    locked = isinstance(error, PasswordError) or "encrypt" in str(error).lower()
    return "password" if locked else otherwise


def _put_back(edges: Edges) -> Found | None:
    """The very bytes of the document, where they can be had; None where they cannot."""
    around = _around(edges)
    for faults, body in ((around, edges.body), ([*around, "lines"], _with_its_lines(edges.body))):
        if body is None or not faults:
            continue
        reason, pages = _judged(body)
        if reason is None:
            return {"reason": None, "faults": faults, "pages": pages}, body
        if reason not in MENDED:
            return {"reason": reason}, None
    return None


def _around(edges: Edges) -> list[str]:
    before, after = edges.before.strip(BLANK), edges.after.strip(BLANK)
    found = {"before": before, "after": after or len(edges.after) > MOST_BLANK}
    return [key for key, there in found.items() if there]


def _with_its_lines(body: bytes) -> bytes | None:
    """As it was before each of its line ends became two letters; None where that was not so."""
    if b"\r\n" not in body or _LONE_END.search(body):
        return None
    return body.replace(b"\r\n", b"\n")


def _written_anew(edges: Edges) -> Found:
    """The document as qpdf finds it, checked by the same rules; a reason where parts are lost."""
    first, _ = _judged(edges.body)
    # qpdf takes a last part for lost when the file ends right behind it.
    with Pdf.open(BytesIO(edges.body + LAST), suppress_warnings=True) as document:
        stated = _stated(document)
        reason, pages = reason_against(document), len(document.pages)
        if reason and reason != "empty":
            return {"reason": reason}, None
        if pages < stated:
            return {"reason": "cut", "pages": pages, "stated": stated}, None
        if reason or (first != "locked" and _lacks(document)):
            return {"reason": "damaged"}, None
        faults = [*_around(edges), *_faults(first, edges, document)]
        copy = _saved(document)
    again, pages = _judged(copy)
    if again is not None:
        return {"reason": "damaged" if again in MENDED else again}, None
    return {"reason": None, "faults": faults, "pages": pages}, copy


def _stated(document: Pdf) -> int:
    """How many pages the file says it has: its list of pages, and what a fast web view says.

    Asked before anything else: qpdf puts the number right.
    """
    said: list[Any] = []
    for thing in things_in(document):
        if isinstance(thing, Dictionary) and thing.get("/Type") == "/Pages":
            said.append(thing.get("/Count"))
        elif isinstance(thing, Dictionary) and "/Linearized" in thing:
            said.append(thing.get("/N"))
    return max((each for each in said if isinstance(each, int)), default=0)


def _faults(first: str | None, edges: Edges, document: Pdf) -> Iterator[str]:
    if first in ("index", "parts"):
        yield first if edges.body.rstrip().endswith(ENDS) else "end"
    if document.is_encrypted:
        yield "locked"
    if b"/ByteRange" in edges.body:
        yield "signed"


def _lacks(document: Pdf) -> bool:
    """Whether a part is named that is not there, or one was found that is not whole."""
    if any(each is None for each in document.objects):
        return True
    said = document.get_warnings()
    guessed = [found for each in said if (found := _GUESSED.search(each))]
    return any(_LOST in each for each in said) or not all(
        _is_whole(document.get_object(int(found[1]), int(found[2]))) for found in guessed
    )


def _is_whole(stream: Object) -> bool:
    """Of a stream whose length was guessed: by its check-sum, or as letters and nothing else."""
    if not isinstance(stream, Stream):
        return False
    raw, filters = stream.read_raw_bytes(), stream.get("/Filter")
    first = filters[0] if isinstance(filters, Array) and len(filters) else filters
    return _inflates(raw) if first == "/FlateDecode" else raw.isascii()


def _inflates(raw: bytes) -> bool:
    """To its end, slice by slice: what comes out may be far too large to hold."""
    inflating, rest = zlib.decompressobj(), raw
    try:
        while not inflating.eof:
            given = inflating.decompress(rest, _SLICE)
            rest = inflating.unconsumed_tail
            if not given and not rest:
                return False
    except zlib.error:
        return False
    return True


def _saved(document: Pdf) -> bytes:
    """Without encryption; each stream as it is. Equal files give equal copies."""
    output = BytesIO()
    # qpdf puts the number right, but does not put in one that is missing.
    document.trailer["/Size"] = len(document.objects) + 1
    document.save(
        output,
        compress_streams=False,
        stream_decode_level=StreamDecodeLevel.none,
        encryption=False,
        deterministic_id=True,
    )
    return output.getvalue()
