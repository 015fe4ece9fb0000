"""Reads a workbook that somebody uploads, inside the limited child process.

What its zip file may hold says `documents.zipped`. `documents.spreadsheets` is the way in.
"""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from openpyxl import load_workbook

from documents.zipped import reason_against

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
