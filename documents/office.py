"""Word and Excel files that people bring to be kept as they are: what is taken, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from documents.limited import Stopped, run
from documents.uploads import LIMITS, Mended, bytes_from, refusal_of
from house.refusals import Refused

ZIP: Final = b"PK\x03\x04"
_OPENXML: Final = "application/vnd.openxmlformats-officedocument."
TYPES: Final = {
    "docx": f"{_OPENXML}wordprocessingml.document",
    "xlsx": f"{_OPENXML}spreadsheetml.sheet",
}
AS_PDF: Final = "Save it as a PDF, and upload that."
SENTENCES: Final = {
    "kind": "This file is not what its name says. Save it again as a Word document (.docx), an "
    "Excel workbook (.xlsx) or a PDF, and upload that.",
    "damaged": f"This file is damaged and cannot be read. {AS_PDF}",
    "bomb": f"This file is too large when it is unpacked. {AS_PDF}",
    "macros": f"This file contains a program (macros). {AS_PDF}",
    "password": "This file has a password. Save a copy without one, and upload that.",
    "links": f"This file takes parts of itself from other files or from the web. {AS_PDF}",
    "link": "This file has a link that leads neither to a web page (http, https) nor to an e-mail "
    f"address. {AS_PDF}",
    "files": f"This file has other files inside, such as charts with their workbooks. {AS_PDF}",
    "unchecked": f"This file could not be checked. {AS_PDF}",
    "not now": "This file could not be checked just now. Try again; if that does not help, save "
    "it as a PDF, and upload that.",
}


@dataclass(frozen=True)
class OfficeFile:
    """A Word or Excel file that keeps the rules, as it was brought."""

    data: bytes
    content_type: str
    # There is no mended copy of such a file: a damaged one is not taken.
    mended: Mended | None = None


def kind_of(upload: UploadedFile) -> str:
    """ "docx" or "xlsx" by its name; empty for any other file."""
    ending = (upload.name or "").lower().rpartition(".")[2]
    return ending if ending in TYPES else ""


def office_file_from(upload: UploadedFile) -> OfficeFile:
    """The file, once nothing was found against it. About half a second. Raises Refused."""
    kind, data = kind_of(upload), bytes_from(upload)
    if not kind or not data.startswith(ZIP):
        raise Refused(SENTENCES["kind"])
    try:
        found, _ = run("office", {"kind": kind}, [data], LIMITS)
    except Stopped as stop:
        raise refusal_of(stop, SENTENCES, otherwise="unchecked") from stop
    if found["reason"] is not None:
        raise Refused(SENTENCES[str(found["reason"])])
    return OfficeFile(data, TYPES[kind])
