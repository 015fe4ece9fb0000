"""What leaves the administration as a file: each cell as what it is, and none that runs.

Days, times, numbers and yes or no stay what they are as far as the format has them. Text that a
spreadsheet would take for a formula is defused in the formats that spreadsheets open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from django.db.models import JSONField
from django.utils.text import capfirst, slugify
from import_export.formats.base_formats import CSV, JSON, XLSX
from import_export.resources import ModelResource
from import_export.widgets import Widget
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from house import clock

# So many rows are made into a file while somebody waits.
MOST_ROWS: Final = 20_000
TOO_MANY: Final = f"These are more than {MOST_ROWS:,} rows. Narrow the list, then export it."
# What one cell of Excel holds, and how wide a column gets.
LONGEST_CELL: Final = 32_767
CUT: Final = " … (cut here: Excel holds no more in a cell)"
WIDEST: Final = 60

# What a spreadsheet takes for the start of a formula, the wide forms too, and also behind what
# it skips: white space, marks without width, control characters.
_STARTS_FORMULA = re.compile(
    r"[\s\x00-\x1f\u200b\ufeff'\"]*[=+\-@|\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]"
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def defused(cell: Any) -> Any:
    """Text that could be taken for a formula gets an apostrophe in front; all else stays."""
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if _STARTS_FORMULA.match(cell) else cell


def name_of_export(model: Any, extension: str) -> str:
    """ "mou-portal-organisations-2013-09-03.xlsx": of what, and of which London day."""
    return f"mou-portal-{slugify(model._meta.verbose_name_plural)}-{clock.today()}.{extension}"


class AsItIs(Widget):
    """Data in a column: each format writes it its own way."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class TypedResource(ModelResource):
    """The rows of a model, in which every cell is what the column is; instants are London's."""

    @classmethod
    def widget_from_django_field(cls, f: Any, default: Any = Widget) -> Any:
        return AsItIs if isinstance(f, JSONField) else super().widget_from_django_field(f, default)

    @classmethod
    def widget_kwargs_for_field(cls, field_name: str, django_field: Any) -> dict[str, Any]:
        found = super().widget_kwargs_for_field(field_name, django_field)
        return {**found, "coerce_to_string": False}

    def after_export(self, queryset: Any, dataset: Any, **kwargs: Any) -> None:
        dataset.title = str(capfirst(self._meta.model._meta.verbose_name_plural))


class SafeCsv(CSV):
    """With the mark at its beginning that tells Excel which letters these are."""

    CONTENT_TYPE = "text/csv; charset=utf-8"

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        rows = [[defused(_as_text(cell)) for cell in row] for row in dataset]
        headers = [defused(header) for header in dataset.headers]
        safe = type(dataset)(*rows, headers=headers)
        return str(super().export_data(safe, **kwargs)).encode("utf-8-sig")


def _as_text(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return f"{cell.astimezone(clock.LONDON):%Y-%m-%d %H:%M:%S}"
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else cell


class TypedJson(JSON):
    """As it is: nothing but a spreadsheet runs formulas. Instants have their zone."""

    CONTENT_TYPE = "application/json; charset=utf-8"


class SafeWorkbook(XLSX):
    """One sheet. Instants are in London's time, since Excel has no zones."""

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        return workbook([Sheet(dataset.title, dataset.headers, list(dataset))])


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, the headings of its columns, its rows."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Any]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An Excel workbook of these sheets; each cell is what it is, and none runs."""
    book = Workbook(write_only=True)
    for each in sheets:
        sheet = book.create_sheet(each.name[:31])
        sheet.freeze_panes = "A2"
        for number, header in enumerate(each.headers):
            letter = get_column_letter(number + 1)
            width = _width(header, [row[number] for row in each.rows])
            sheet.column_dimensions[letter].width = width
        sheet.append([_cell(sheet, header, bold=True) for header in each.headers])
        for row in each.rows:
            sheet.append([_cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _width(header: str, values: list[Any]) -> int:
    return min(WIDEST, 2 + max(len(str(value)) for value in (header, *values)))


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, _as_excel(value))
    if isinstance(cell.value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _as_excel(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(clock.LONDON).replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | float | Decimal | date | time):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(defused(_as_text(value))))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT
