"""Reads a workbook that somebody uploads, inside the limited child process.

A workbook is a zip file of XML: what it says of its own size is checked before any of it is
unpacked. `documents.spreadsheets` is the way in.
"""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook

MOST_ENTRIES: Final = 2000
LARGEST_UNPACKED: Final = 100 * 1024 * 1024
LARGEST_RATIO: Final = 100
ENCRYPTED: Final = 1
MOST_COLUMNS: Final = 100


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The cells of the first sheet as text, or the reason against the file."""
    try:
        with ZipFile(BytesIO(files[0])) as archive:
            if reason := reason_against(archive):
                return {"reason": reason, "cells": []}, []
        return {"reason": None, "cells": cells(files[0], data["rows"])}, []
    except (MemoryError, RecursionError):
        raise
    except Exception:  # hostile bytes: every other kind of error means the same
        return {"reason": "damaged", "cells": []}, []


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
    if len(set(names)) != len(names) or "[Content_Types].xml" not in names:
        return "damaged"
    return "links" if any(_leads_outside(archive, name) for name in names) else None


def _swells(entry: ZipInfo) -> bool:
    return entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1)


def _leads_outside(archive: ZipFile, name: str) -> bool:
    """Whether a part refers to a template, picture or workbook outside the file.

    A link that a person can click on is no such thing: nothing follows it by itself.
    """
    if not name.endswith(".rels"):
        return False
    with archive.open(name) as part:
        return any(
            element.get("TargetMode") == "External"
            and not element.get("Type", "").endswith("/hyperlink")
            for _, element in iterparse(part)
        )


def cells(workbook: bytes, rows: int) -> list[list[str]]:
    """The first sheet's cells as text: at most `rows` rows, and one more to show there are."""
    book = load_workbook(BytesIO(workbook), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        found = sheet.iter_rows(max_row=rows + 1, max_col=MOST_COLUMNS, values_only=True)
        return [[_text(value) for value in row] for row in found]
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
