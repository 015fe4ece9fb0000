"""Lists of people and organisations that somebody uploads, as Excel or CSV."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from io import StringIO
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from documents.encodings import decoded
from documents.limited import Stopped, run
from documents.uploads import LIMITS, bytes_from, refusal_of
from house.refusals import Refused
from house.text import tidy_line, tidy_text

MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 100
# The headings stand in one of so many first rows.
MOST_ABOVE: Final = 10
# What parts the cells of a text file.
MARKS: Final = (",", ";", "\t")
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
    "headings": "One of the first rows must hold the column headings, each different. "
    "Correct it, and upload the file again.",
}


def rows_from(upload: UploadedFile, known: Collection[str] = ()) -> list[dict[str, str]]:
    """The rows of the list by lower-case column heading, all text; empty rows are left out.

    `known` are the headings that say which row holds them: there may be a title above. Each row has
    its number in the file under `ROW`. Dates are as 2013-09-03. Raises Refused.
    """
    data = bytes_from(upload)
    name = (upload.name or "").lower()
    if name.endswith(".xlsx") and data.startswith(ZIP):
        return _rows(_from_workbook(data), known)
    if name.endswith((".csv", ".txt", ".tsv")) and not data.startswith(ZIP):
        return _rows(_from_text(data, known), known)
    raise Refused(SENTENCES["kind"])


def cells_from(upload: UploadedFile) -> list[list[str]]:
    """The cells of a list that may have no headings, row by row, as text. Raises Refused."""
    data = bytes_from(upload)
    if data.startswith(ZIP):
        return _from_workbook(data)
    return _from_text(data, ())


def _from_workbook(data: bytes) -> list[list[str]]:
    try:
        found, _ = run("sheet", {"rows": MOST_ROWS + MOST_ABOVE}, [data], LIMITS)
    except Stopped as stop:
        raise refusal_of(stop, SENTENCES, otherwise="bomb") from stop
    if found["reason"] is not None:
        raise Refused(SENTENCES[str(found["reason"])])
    return list(found["cells"])


def _from_text(data: bytes, known: Collection[str]) -> list[list[str]]:
    """The cells, parted by whatever parts the most headings that are known: Excel writes
    semicolons where the comma is for decimals, and tabs as "text"."""
    text = decoded(data)
    if text is None or "\0" in text:
        raise Refused(SENTENCES["kind"])
    try:
        read = {mark: list(_parted(text, mark, MOST_ABOVE)) for mark in MARKS}
        mark = max(MARKS, key=lambda each: _most_known(read[each], known))
        return list(_parted(text, mark, MOST_ROWS + MOST_ABOVE + 1))
    except csv.Error:
        raise Refused(SENTENCES["damaged"]) from None


def _parted(text: str, mark: str, most: int) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    return (row[:MOST_COLUMNS] for _, row in zip(range(most), reader, strict=False))


def _most_known(rows: Sequence[Sequence[str]], known: Collection[str]) -> tuple[int, int]:
    """How many known headings one row has at most, then how many cells."""
    return max(((_count(row, known), len(row)) for row in rows), default=(0, 0))


def _count(cells: Sequence[str], known: Collection[str]) -> int:
    return len({_heading(cell) for cell in cells} & set(known))


def _rows(cells: list[list[str]], known: Collection[str]) -> list[dict[str, str]]:
    at = _row_of_headings(cells, known)
    headings = _headings(cells[at] if cells else [])
    if len(cells) - at > MOST_ROWS + 1:
        raise Refused(SENTENCES["rows"])
    rows = []
    for number, values in enumerate(cells[at + 1 :], start=at + 2):
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


def _row_of_headings(cells: list[list[str]], known: Collection[str]) -> int:
    """Which of the first rows has the most known headings; the first that is not empty else."""
    first = cells[:MOST_ABOVE]
    most = max((_count(row, known) for row in first), default=0)
    for at, row in enumerate(first):
        if (_count(row, known) == most) if most else any(tidy_line(cell) for cell in row):
            return at
    return 0


def _heading(cell: str) -> str:
    """In lower case, without what people put behind it: "E-mail *:" is "e-mail"."""
    return tidy_line(cell).lower().rstrip(":* ")


def _headings(cells: list[str]) -> list[str]:
    headings = [_heading(cell) for cell in cells]
    named = [heading for heading in headings if heading]
    if not named or len(set(named)) != len(named) or ROW in named:
        raise Refused(SENTENCES["headings"])
    return headings
