"""Reports as Excel workbooks: what the page says, with the figures quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from house.exports import Sheet, workbook
from reports.content import Counts
from reports.presenters.page import ReportPage
from reports.register import RegisterContent, Row

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES: Final = ("Met", "Missed", "Left out by the text", "Open", "Share met, %",
                  "Share met with nothing left out, %")  # fmt: skip


def workbook_of(page: ReportPage) -> bytes:
    """Standards, the trend by standard, the agreements where there are several, the words."""
    sheets = [
        Sheet("Standards", ("Standard", "Owed by", *FIGURES, "Notes"), [
            (line.label, line.who, *_figures(line), line.said) for line in page.lines
        ]),
        Sheet("Quarter by quarter", ("Quarter", "Standard", "Owed by", *FIGURES, "Counted"),
              list(_trend(page))),
        Sheet("Words", ("What", "Words"), list(_words(page))),
    ]  # fmt: skip
    if page.each:
        rows = [(e.reference, e.title, e.with_whom, *_figures(e)) for e in page.each]
        sheets.insert(1, Sheet("Agreements", ("Reference", "Title", "With", *FIGURES), rows))
    return workbook(sheets)


def _figures(counts: Counts) -> tuple[Any, ...]:
    return (counts.met, counts.missed, counts.excluded, counts.open, counts.share,
            counts.share_of_all)  # fmt: skip


def _trend(page: ReportPage) -> Iterator[tuple[Any, ...]]:
    for stretch in page.trend:
        how = "As reported then" if stretch.is_kept else "Counted for this report"
        for line in stretch.lines:
            yield (stretch.quarter.label, line.label, line.who, *_figures(line), how)


def _words(page: ReportPage) -> Iterator[tuple[str, str]]:
    yield "Report", page.title
    yield "About", page.about
    yield "State", f"{page.report.get_state_display()}. {page.counted}"
    if page.report.because:
        yield "Why there is this edition", page.report.because
    yield "Where to improve", page.report.improvements or "Nothing is said."
    for who, text in page.remarks:
        yield f"Remark of {who}", text
    for each in page.not_counted:
        yield "Not counted", f"{each.title}, {each.reference}"


REGISTER: Final = ("Reference", "Title", "With", "State", "From", "Date of review", "Last day",
                   "What is wrong", "Duties missed", "Contact roles vacant",
                   "What changed")  # fmt: skip


def workbook_of_register(content: RegisterContent) -> bytes:
    """The figures, then every MoU with what changed, then those that ended."""
    figures = Sheet("Figures", ("What", "How many"), list(content.totals.items()))
    every = Sheet("Register", REGISTER, [_row(row) for row in content.rows])
    ended = Sheet("Ended since", REGISTER, [_row(row) for row in content.gone])
    return workbook([figures, every, *([ended] if content.gone else [])])


def _row(row: Row) -> tuple[Any, ...]:
    return (row.reference, row.title, row.with_whom, row.state, row.starts_on, row.review_on,
            row.ends_on, "; ".join(row.wrong), row.missed_words, row.vacant, "; ".join(row.news),
            )  # fmt: skip
