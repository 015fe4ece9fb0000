"""Files that people bring: what is taken, and the sentence that says why another is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from documents.limited import BUSY, MEGABYTE, Limits, Stopped, run
from house.refusals import NotNow, Refused

PDF: Final = "application/pdf"
LIMITS: Final = Limits(memory=512 * MEGABYTE, cpu=10, wall=20, answer=50 * MEGABYTE)
AGAIN: Final = "Open it, print it to a new PDF, and upload that."
# What may have been wrong with a file of which a copy was made (`documents.pdf_repair`).
DAMAGES: Final = {
    "index": "its list of where its parts stand is wrong",
    "parts": "some of its parts are not as long as it says",
    "end": "its end is missing",
    "lines": "its line ends were changed, as some e-mail programs do",
    "before": "something stands before its beginning",
    "after": "something stands after its end",
}
WHOLE: Final = "Ask whoever gave it to you for the whole file, or scan the document again."
SENTENCES: Final = {
    "not a pdf": "This file is not a PDF. Save or scan the document as a PDF, and upload that.",
    "damaged": "This PDF is damaged or was cut off, and cannot be repaired without loss. If it "
    f"opens, print it to a new PDF, and upload that. {WHOLE}",
    "cut": "This PDF is damaged or was cut off. By its own count it has {stated:,} pages; "
    f"only {{found:,}} could be found. {WHOLE}",
    "mended": f"This PDF is damaged: {{what}}. {AGAIN}",
    "locked": f"This PDF is locked against changes. {AGAIN}",
    "password": "This PDF is protected by a password. Save a copy without a password or "
    "restrictions, and upload that.",
    "empty": f"This PDF has no pages. {AGAIN}",
    "pages": "This PDF has more than 2,000 pages. Upload only the pages that are needed.",
    "script": f"This PDF contains a program (JavaScript or PostScript). {AGAIN}",
    "launch": f"This PDF contains something that runs or sends data. {AGAIN}",
    "files": f"This PDF has other files or media inside. {AGAIN}",
    "form": f"This PDF is a form (XFA) that each program shows in its own way. {AGAIN}",
    "opening": f"This PDF does something when it is opened. {AGAIN}",
    "acts": f"This PDF does something by itself, such as hiding or changing parts of it. {AGAIN}",
    "link": "This PDF has a link that leads neither to a web page (http, https) nor to an e-mail "
    f"address. {AGAIN}",
    "outside": f"This PDF opens or needs another file, outside of it. {AGAIN}",
    "note": f"This PDF has a note of a kind that the portal does not know. {AGAIN}",
    "disguised": f"This file is a PDF and another kind of file at once. {AGAIN}",
    "unchecked": f"This PDF could not be checked. {AGAIN}",
    "busy": BUSY,
    "not now": "This PDF could not be checked just now. Try again; if that does not help, print "
    "it to a new PDF, and upload that.",
}


@dataclass(frozen=True)
class Mended:
    """That a PDF is a copy which the portal made, and of what."""

    original: bytes
    # Keys of DAMAGES; "locked" against changes; "signed": the signatures do not hold in the copy.
    faults: tuple[str, ...]
    pages: int


@dataclass(frozen=True)
class BroughtPdf:
    """A PDF that keeps the rules; `mended` where it is not the very file that was brought."""

    data: bytes
    mended: Mended | None = None

    @property
    def content_type(self) -> str:
        return PDF


def pdf_from(upload: UploadedFile) -> bytes:
    """The bytes of a PDF that needed no mending. About half a second. Raises Refused."""
    brought = looked_at(upload)
    if brought.mended is None:
        return brought.data
    what = damages_of(brought.mended.faults)
    raise Refused(SENTENCES["mended"].format(what=what) if what else SENTENCES["locked"])


def looked_at(upload: UploadedFile) -> BroughtPdf:
    """The PDF as it is, or a copy that is neither damaged nor locked, which nobody has looked at
    yet. About half a second. Raises Refused."""
    data = bytes_from(upload)
    if b"%PDF-" not in data[:1024]:
        raise Refused(SENTENCES["not a pdf"])
    try:
        found, copies = run("pdf", {}, [data], LIMITS)
    except Stopped as stop:
        raise refusal_of(stop, SENTENCES, otherwise="unchecked") from stop
    if found["reason"] is not None:
        raise Refused(_sentence(found))
    if not copies:
        return BroughtPdf(data)
    return BroughtPdf(copies[0], Mended(data, tuple(found["faults"]), found["pages"]))


def _sentence(found: dict[str, Any]) -> str:
    sentence = SENTENCES[str(found["reason"])]
    if found["reason"] != "cut":
        return sentence
    return sentence.format(stated=found["stated"], found=found["pages"])


def damages_of(faults: Sequence[str]) -> str:
    """What is damaged, in words; empty for a file that was only locked."""
    return "; ".join(DAMAGES[each] for each in faults if each in DAMAGES)


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
