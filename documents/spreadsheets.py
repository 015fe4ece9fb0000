"""Lists of people and organisations that somebody uploads, as Excel or CSV."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from documents.limited import Stopped, run
from documents.uploads import LIMITS, bytes_from, refusal_of
from house.refusals import Refused
from house.text import tidy_line, tidy_text

MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 100
ZIP: Final = b"PK\x03\x04"
# The key under which each row has its number in the file, so that a mistake can be pointed at.
ROW: Final = "row number"
ANEW: Final = "Save it again as an Excel workbook (.xlsx) or as CSV UTF-8, and upload that."
SENTENCES: Final = {
    "kind": "This file is neither an Excel workbook (.xlsx) nor a CSV file. "
    "Save the list as one of these, and upload that.",
    "damaged": f"This file cannot be read. {ANEW}",
    "bomb": "This workbook is too large when it is unpacked. Copy the list into a new workbook, "
    "and upload that.",
    "not now": "This workbook could not be read just now. Try again; if that does not help, copy "
    "the list into a new workbook, and upload that.",
    "macros": "This workbook contains macros. Save it as an Excel workbook (.xlsx) without "
    "them, and upload that.",
    "password": "This workbook has a password. Save a copy without one, and upload that.",
    "links": "This workbook refers to other files. Copy the list into a new workbook, and "
    "upload that.",
    "rows": "This list has more than 5,000 rows. Split it, and upload the parts one by one.",
    "no rows": "This list has no rows below its headings. Add them, and upload it again.",
    "headings": "The first row must hold the column headings, each different. "
    "Correct it, and upload the file again.",
}


def rows_from(upload: UploadedFile) -> list[dict[str, str]]:
    """The rows of the list by lower-case column heading, all text; empty rows are left out.

    Each row has its number in the file under `ROW`. Dates are as 2013-09-03. Raises Refused.
    """
    data = bytes_from(upload)
    name = (upload.name or "").lower()
    if name.endswith(".xlsx") and data.startswith(ZIP):
        return _rows(_from_workbook(data))
    if name.endswith(".csv") and b"\0" not in data and not data.startswith(ZIP):
        return _rows(_from_csv(data))
    raise Refused(SENTENCES["kind"])


def _from_workbook(data: bytes) -> list[list[str]]:
    try:
        found, _ = run("sheet", {"rows": MOST_ROWS + 1}, [data], LIMITS)
    except Stopped as stop:
        raise refusal_of(stop, SENTENCES, otherwise="bomb") from stop
    if found["reason"] is not None:
        raise Refused(SENTENCES[str(found["reason"])])
    return list(found["cells"])


def _from_csv(data: bytes) -> list[list[str]]:
    try:
        reader = csv.reader(StringIO(_decoded(data), newline=""))
        return [row[:MOST_COLUMNS] for _, row in zip(range(MOST_ROWS + 2), reader, strict=False)]
    except (csv.Error, UnicodeDecodeError):
        raise Refused(SENTENCES["damaged"]) from None


def _decoded(data: bytes) -> str:
    """UTF-8, with or without its mark, else what Excel on Windows writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _rows(cells: list[list[str]]) -> list[dict[str, str]]:
    if len(cells) > MOST_ROWS + 1:
        raise Refused(SENTENCES["rows"])
    headings = _headings(cells[0] if cells else [])
    rows = []
    for number, values in enumerate(cells[1:], start=2):
        row = {
            heading: tidy_text(value).strip()
            for heading, value in zip(headings, [*values, *[""] * len(headings)], strict=False)
            if heading
        }
        if any(row.values()):
            rows.append(row | {ROW: str(number)})
    if not rows:
        raise Refused(SENTENCES["no rows"])
    return rows


def _headings(cells: list[str]) -> list[str]:
    headings = [tidy_line(cell).lower() for cell in cells]
    named = [heading for heading in headings if heading]
    if not named or len(set(named)) != len(named) or ROW in named:
        raise Refused(SENTENCES["headings"])
    return headings
