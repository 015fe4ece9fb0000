"""The table of figures that came with a commitment, as a workbook (B22)."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from commitments.models import Occurrence
from house.exports import defused


def as_workbook(said: Occurrence) -> bytes:
    """One sheet with the headings and the rows; numbers stay numbers, and nothing runs."""
    book, output = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "Table"
    sheet.append([defused(each) for each in said.commitment.columns])
    for row in said.figures:
        sheet.append([_cell(each) for each in row])
    book.save(output)
    return output.getvalue()


def _cell(text: str) -> object:
    """A number where the text is one as it stands: "12.5", never "007" or "1,5"."""
    try:
        number = float(text)
    except ValueError:
        return defused(text)
    as_typed = text in {repr(number), str(int(number)) if number.is_integer() else ""}
    return number if as_typed else defused(text)
