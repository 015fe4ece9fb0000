"""A sheet as a PDF of one side of A4, whatever the agreement (X13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.template.loader import render_to_string

from agreements.sheets.cut import Cut
from agreements.sheets.pages import Sheet
from agreements.sheets.sizes import SIZES, Size
from documents.limited import BUSY
from documents.places import NoPlace, thread_for_files
from documents.rendering import RenderingFailed, render_within
from house import clock
from nhsuk.dates import day


@dataclass(frozen=True)
class SheetDocument:
    """What the frame of a printed document needs of a sheet."""

    sheet: Sheet
    at: datetime

    @property
    def title(self) -> str:
        cut = Cut(self.sheet, SIZES[0])
        return cut.fit(f"{self.sheet.kind}: {self.sheet.agreement.full_title}")

    @property
    def version(self) -> str:
        return f"As it was on {day(self.at)}"

    @property
    def reference(self) -> str:
        return self.sheet.agreement.reference

    status = ""

    @property
    def made_at(self) -> str:
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def build_sheet(sheet: Sheet) -> bytes:
    """The PDF as things are now, printed anew each time. Raises RenderingFailed."""
    document = SheetDocument(sheet, clock.now())
    try:
        with thread_for_files():
            tries = [as_html(document, size) for size in SIZES]
            return render_within(tries, most_pages=1)
    except NoPlace:
        raise RenderingFailed(BUSY, passing=True) from None


def as_html(document: SheetDocument, size: Size) -> str:
    """What is printed of it at this size, if that fits."""
    cut = Cut(document.sheet, size)
    context = {"document": document, "sheet": document.sheet, "cut": cut}
    return render_to_string("agreements/sheet_document.jinja", context)
