"""What a Word or Excel file that is brought to be kept may hold, in the limited child process.

It is taken as it is or not at all: `documents.office` is the way in. What a part is follows from
its declared type and from how others refer to it; what it is called says nothing.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from documents.office_fields import ADDRESSES, Fields
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
# The same by the last word of the type of a relation: such a part can be called anything.
RELATIONS: Final = {
    "vbaproject": "macros", "xlmacrosheet": "macros", "xlintlmacrosheet": "macros",
    "control": "files", "oleobject": "files", "package": "files", "afchunk": "files",
    "externallink": "links", "connections": "links",
    "webextension": "links", "webextensiontaskpanes": "links",
}  # fmt: skip
READ: Final = (".xml", ".rels")
_TYPES: Final = "[Content_Types].xml"


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
    reason = reason_against_zip(archive) or _in_types(archive, kind)
    return reason or _in_names(archive) or _in_parts(archive)


def _in_types(archive: ZipFile, kind: str) -> str | None:
    """What the parts say that they are. XML that is not called so would not be read."""
    types = set()
    for element in _elements(archive, _TYPES):
        said = element.get("ContentType", "")
        types.add(said)
        name = element.get("PartName") or f".{element.get('Extension', 'xml')}"
        is_xml = said.lower().endswith("xml") and not said.lower().startswith("image/")
        if is_xml and not name.lower().endswith(READ):
            return "damaged"
    if any("macro" in each.lower() or "vbaproject" in each.lower() for each in types):
        return "macros"
    return None if MAIN[kind] in types else "kind"


def _in_names(archive: ZipFile) -> str | None:
    names = [entry.filename.replace("\\", "/").lower() for entry in archive.infolist()]
    if any(name.startswith(INSIDE) for name in names):
        return "files"
    return "links" if any(name.startswith(OUTSIDE) for name in names) else None


def _in_parts(archive: ZipFile) -> str | None:
    """Reads every part to its end, so that one that is cut or no XML is found too."""
    for name in archive.namelist():
        if not name.lower().endswith(READ):
            continue
        fields, is_relations = Fields(), name.lower().endswith(".rels")
        for element in _elements(archive, name):
            found = _of_relation(element) if is_relations else fields.reason_against(element)
            if found:
                return found
    return None


def _of_relation(element: Any) -> str | None:
    """Of what leads out of the file: whether it leads to a web page or an e-mail address."""
    kind = element.get("Type", "").rpartition("/")[2].lower()
    if reason := RELATIONS.get(kind):
        return reason
    leads_out = element.get("TargetMode") == "External"
    return "link" if leads_out and not ADDRESSES.match(element.get("Target", "")) else None


def _elements(archive: ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        for _, element in iterparse(part):
            yield element
