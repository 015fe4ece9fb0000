"""What a Word or Excel file that is brought to be kept may hold, in the limited child process.

It is taken as it is or not at all: `documents.office` is the way in.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from documents.zipped import reason_against as reason_against_zip

_OPENXML: Final = "application/vnd.openxmlformats-officedocument."
# What the main part of each kind says that it is; of one with macros, or of a template, otherwise.
MAIN: Final = {
    "docx": f"{_OPENXML}wordprocessingml.document.main+xml",
    "xlsx": f"{_OPENXML}spreadsheetml.sheet.main+xml",
}
# Programs and other files inside; the links of a workbook to others, and to programs (DDE).
INSIDE: Final = ("word/embeddings/", "xl/embeddings/", "word/activex/", "xl/activex/")
OUTSIDE: Final = ("xl/externallinks/",)
# Fields that fetch something, or start a program, when the document is opened.
FETCHES: Final = re.compile(r"^\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.I)
ADDRESSES: Final = re.compile(r"(?:https?://|mailto:|#)[^\x00-\x20\x7f]", re.I)


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The reason against the file, or none; `data` says of which kind it calls itself."""
    try:
        with ZipFile(BytesIO(files[0])) as archive:
            return {"reason": reason_against(archive, str(data["kind"]))}, []
    except (MemoryError, RecursionError):
        raise
    except Exception:  # hostile bytes: every other kind of error means the same
        return {"reason": "damaged"}, []


def reason_against(archive: ZipFile, kind: str) -> str | None:
    """ "kind", "files", "link", what `documents.zipped` finds, or None for an ordinary one."""
    if reason := reason_against_zip(archive):
        return reason
    types = {element.get("ContentType", "") for element in _elements(archive, _TYPES)}
    if any("macroEnabled" in each for each in types):
        return "macros"
    if MAIN[kind] not in types:
        return "kind"
    names = [entry.filename.replace("\\", "/").lower() for entry in archive.infolist()]
    if any(name.startswith(INSIDE) for name in names):
        return "files"
    if any(name.startswith(OUTSIDE) for name in names):
        return "links"
    return _in_parts(archive)


_TYPES: Final = "[Content_Types].xml"


def _in_parts(archive: ZipFile) -> str | None:
    """Reads every part to its end, so that one that is cut or no XML is found too."""
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        for element in _elements(archive, name):
            if name.endswith(".rels") and not _is_clickable(element):
                return "link"
            if _is_field(element) and FETCHES.match(element.text or element.get(_CODE) or ""):
                return "links"
    return None


_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CODE: Final = f"{_WORD}instr"


def _is_field(element: Any) -> bool:
    return element.tag in (f"{_WORD}instrText", f"{_WORD}fldSimple")


def _is_clickable(element: Any) -> bool:
    """Of what leads out of the file: whether it leads to a web page or an e-mail address."""
    if element.get("TargetMode") != "External":
        return True
    return bool(ADDRESSES.match(element.get("Target", "")))


def _elements(archive: ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        for _, element in iterparse(part):
            yield element
