"""Files that people bring: what is taken, and the sentence that says why another is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from documents.limited import BUSY, MEGABYTE, Limits, Stopped, run
from house.refusals import NotNow, Refused

LIMITS: Final = Limits(memory=512 * MEGABYTE, cpu=10, wall=20, answer=50 * MEGABYTE)
AGAIN: Final = "Open it, print or save it as a new PDF, and upload that."
SENTENCES: Final = {
    "not a pdf": "This file is not a PDF. Save or scan the document as a PDF, and upload that.",
    "damaged": f"This PDF is damaged or was cut off. {AGAIN}",
    "password": "This PDF is protected. Save a copy without a password or restrictions, and "
    "upload that.",
    "empty": f"This PDF has no pages. {AGAIN}",
    "pages": "This PDF has more than 2,000 pages. Upload only the pages that are needed.",
    "script": f"This PDF contains a program (JavaScript). {AGAIN}",
    "launch": f"This PDF contains something that runs or sends data. {AGAIN}",
    "files": f"This PDF has other files or media inside. {AGAIN}",
    "opening": f"This PDF does something when it is opened. {AGAIN}",
    "unchecked": f"This PDF could not be checked. {AGAIN}",
    "busy": BUSY,
    "not now": "This PDF could not be checked just now. Try again; if that does not help, print or "
    "save it as a new PDF, and upload that.",
}


def pdf_from(upload: UploadedFile) -> bytes:
    """The bytes of a signed copy or a scan. About half a second. Raises Refused."""
    data = bytes_from(upload)
    if b"%PDF-" not in data[:1024]:
        raise Refused(SENTENCES["not a pdf"])
    try:
        found, _ = run("pdf", {}, [data], LIMITS)
    except Stopped as stop:
        raise refusal_of(stop, SENTENCES, otherwise="unchecked") from stop
    if found["reason"] is not None:
        raise Refused(SENTENCES[str(found["reason"])])
    return data


def refusal_of(stop: Stopped, sentences: Mapping[str, str], *, otherwise: str) -> Refused:
    """What is said of a file that was not looked at to its end; `otherwise` is the file's fault."""
    if stop.why == "busy":
        return NotNow(BUSY)
    return NotNow(sentences["not now"]) if stop.passing else Refused(sentences[otherwise])


def words_of(pdf: bytes) -> str | None:
    """The text of a PDF's first pages, for a hint and for nothing more; none of a scan.

    None where it could not be read, so that nothing is known of it.
    """
    try:
        found, _ = run("read", {}, [pdf], LIMITS)
    except Stopped:
        return None
    return str(found["words"])


def bytes_from(upload: UploadedFile) -> bytes:
    """What was uploaded, when there is something and not too much. Raises Refused."""
    largest = settings.LARGEST_UPLOAD
    upload.seek(0)
    data = upload.read(largest + 1)
    if not data:
        raise Refused("This file is empty. Choose another file.")
    if len(data) > largest:
        megabytes = largest // MEGABYTE
        raise Refused(f"This file is larger than {megabytes} MB. Choose a smaller file.")
    return data
