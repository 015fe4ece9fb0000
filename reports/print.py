"""Reports as PDFs. Equal figures give equal bytes: nothing is stored but the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.template.loader import render_to_string

from documents.limited import BUSY
from documents.places import NoPlace, thread_for_files
from documents.rendering import RenderingFailed, render, render_within
from house.text import shortened
from nhsuk.dates import day
from reports.models import Register
from reports.presenters.chart import in_words, segments_of, total_of
from reports.presenters.page import ReportPage
from reports.register import RegisterContent, Row

# Two sides of A4: so many rows of what is wrong, so many of what changed, so many letters a cell.
SIZES: Final = ((34, 18, 70), (26, 14, 60), (20, 10, 50), (14, 8, 40), (8, 5, 30))
MOST_LINES: Final = 300


@dataclass(frozen=True)
class Printed:
    """What the frame of a printed document needs."""

    title: str
    version: str
    reference: str
    at: datetime
    status: str = ""

    @property
    def made_at(self) -> str:
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def build_report(page: ReportPage) -> bytes:
    """The PDF of a report as it stands. Raises RenderingFailed."""
    report = page.report
    at = report.final_at or report.sent_at or report.made_at
    document = Printed(
        title=f"{page.title}: {page.about}",
        version=f"Final, {day(report.final_at)}" if report.is_final else day(at),
        reference=report.agreement.reference if report.agreement else "",
        at=at, status="" if report.is_final else report.get_state_display(),
    )  # fmt: skip
    longest = max((total_of(each) for each in page.trend), default=1)
    context = {
        "document": document, "page": page, "most": MOST_LINES, "segments_of": segments_of,
        "longest": longest, "describe": in_words,
    }  # fmt: skip
    html = render_to_string("reports/report_document.jinja", context)
    try:
        with thread_for_files():
            return render(html)
    except NoPlace:
        raise RenderingFailed(BUSY, passing=True) from None


@dataclass(frozen=True)
class Cut:
    """As much of a register as two sides of A4 hold at a size, and how much they leave out."""

    content: RegisterContent
    most_wrong: int
    most_changed: int
    letters: int

    def fit(self, text: str) -> str:
        return shortened(text, self.letters)

    @property
    def marked(self) -> Sequence[Row]:
        return self.content.marked[: self.most_wrong]

    @property
    def changed(self) -> Sequence[Row]:
        return self.content.changed[: self.most_changed]

    @property
    def more_marked(self) -> int:
        return len(self.content.marked) - len(self.marked)

    @property
    def more_changed(self) -> int:
        return len(self.content.changed) - len(self.changed)


def build_register(content: RegisterContent, register: Register) -> bytes:
    """The PDF of an assurance report: two sides of A4, whatever its length. Raises
    RenderingFailed."""
    document = Printed(
        title=f"Assurance report: {shortened(content.organisation, 80)}",
        version=f"Issued {day(register.issued_at)}", reference="", at=register.issued_at,
    )  # fmt: skip
    tries = [
        render_to_string(
            "reports/register_document.jinja",
            {"document": document, "content": content, "cut": Cut(content, *size)},
        )
        for size in SIZES
    ]
    try:
        with thread_for_files():
            return render_within(tries, most_pages=2)
    except NoPlace:
        raise RenderingFailed(BUSY, passing=True) from None
