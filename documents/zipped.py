"""What a zip file of XML, as office programs write it, may hold: looked at before it is unpacked.

Inside the limited child process. What the file says of its own size is checked first.
"""

from __future__ import annotations

from typing import Final
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import iterparse

MOST_ENTRIES: Final = 2000
LARGEST_UNPACKED: Final = 100 * 1024 * 1024
LARGEST_RATIO: Final = 100
ENCRYPTED: Final = 1


def reason_against(archive: ZipFile) -> str | None:
    """ "bomb", "macros", "password", "damaged", "links" or None."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or any(map(_swells, entries)):
        return "bomb"
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        return "password"
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "macros"
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        return "damaged"
    # To an office program Word.XML and word.xml are one part.
    if len({name.lower() for name in names}) != len(names) or "[Content_Types].xml" not in names:
        return "damaged"
    return "links" if any(_leads_outside(archive, name) for name in names) else None


def _swells(entry: ZipInfo) -> bool:
    return entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1)


def _leads_outside(archive: ZipFile, name: str) -> bool:
    """Whether a part refers to a template, picture or workbook outside the file.

    A link that a person can click on is no such thing: nothing follows it by itself.
    """
    if not name.lower().endswith(".rels"):
        return False
    with archive.open(name) as part:
        return any(
            element.get("TargetMode") == "External"
            and not element.get("Type", "").endswith("/hyperlink")
            for _, element in iterparse(part)
        )
