"""What a PDF that somebody uploads may hold, inside the limited child process.

`documents.uploads` is the way in. The answer is a reason for refusing, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pikepdf import Array, Dictionary, Object, PasswordError, Pdf, Stream

MOST_PAGES: Final = 2000
# What a PDF can do by itself when it is opened, printed or clicked on, other than go to a place
# in itself or follow a web link.
RUNS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"}
)
CARRIES: Final = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
HARMLESS_AT_OPENING: Final = frozenset({"/GoTo"})


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:  # noqa: ARG001
    return {"reason": reason_against(files[0])}, []


def reason_against(pdf: bytes) -> str | None:
    """ "damaged", "password", "pages", "empty", "script", "launch", "files", "opening" or None."""
    try:
        # No repair: of a file that was cut off, it would quietly keep the pages that are left.
        with Pdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            return "password" if document.is_encrypted else _against(document)
    except PasswordError:
        return "password"
    except (MemoryError, RecursionError):
        raise
    except Exception:  # hostile bytes: every other kind of error means the same
        return "damaged"


def _against(document: Pdf) -> str | None:
    pages = len(document.pages)
    if pages == 0:
        return "empty"
    if pages > MOST_PAGES:
        return "pages"
    for dictionary in _dictionaries(document):
        if reason := _against_one(dictionary):
            return reason
    opening = document.Root.get("/OpenAction")
    if isinstance(opening, Dictionary) and str(opening.get("/S")) not in HARMLESS_AT_OPENING:
        return "opening"
    return None


def _against_one(dictionary: Object) -> str | None:
    kind = str(dictionary.get("/S", ""))
    if kind == "/JavaScript" or "/JS" in dictionary or "/JavaScript" in dictionary:
        return "script"
    if kind in RUNS:
        return "launch"
    if "/EmbeddedFiles" in dictionary or "/EF" in dictionary or "/XFA" in dictionary:
        return "files"
    if str(dictionary.get("/Type", "")) == "/EmbeddedFile":
        return "files"
    return "files" if str(dictionary.get("/Subtype", "")) in CARRIES else None


def _dictionaries(document: Pdf) -> Iterator[Object]:
    """Every dictionary in the file, whether anything leads to it or not."""
    waiting: list[Object] = [document.trailer, *document.objects]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
            inner = [each[key] for key in each.keys()]  # noqa: SIM118 (a stream is no mapping)
        elif isinstance(each, Array):
            inner = list(each)
        else:
            continue
        # What has a number of its own is in the list already.
        waiting += [one for one in inner if isinstance(one, Object) and not one.is_indirect]
