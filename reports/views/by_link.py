"""The page on which a key contact without an account reads a report, and adds a remark."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from agreements.core.by_link import NO_LONGER, ByLink, acts, opened_by
from documents.rendering import RenderingFailed
from documents.storage import attachment
from house.refusals import NotNow, Refused
from mail.models import SentLink
from nhsuk.components import Link
from nhsuk.dates import day
from reports.forms import RemarkForm
from reports.models import Report
from reports.presenters.chart import in_words
from reports.presenters.page import ReportPage
from reports.print import build_report
from reports.services.sending import remark
from web.link_forms import link_form
from web.links import gone, path_of

# The rest stands in the PDF.
MOST_SHOWN = 40
TAKEN_BACK = "This report was taken back. It comes to you again."


def read_and_remark(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The figures, and a form for a word on them."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    report = _report(by)
    if report is None:
        return gone(request, sentence=TAKEN_BACK)
    page = ReportPage(report, by.acting)

    def act(text: str) -> None:
        with acts(by) as acting:
            remark(by=acting, report=report, text=text)

    lines = [(f"{each.label}, {each.who}", in_words(each)) for each in page.lines[:MOST_SHOWN]]
    words = [("Where to improve", report.improvements)] if report.improvements else []
    return link_form(
        request,
        RemarkForm(request.POST or None) if page.may_remark else None,
        act,
        done=lambda: f"Your word stands in the report.\n{report.organisation} is told.",
        title=page.title,
        caption=by.title,
        facts=[("Sent by", report.organisation.name), *lines, *words],
        button="Add the remark",
        lead=f"Your party may add its remark until {day(report.remarks_by)}."
        if page.may_remark
        else "Nothing is asked of you.",
        links=[Link("The report as a PDF", path_of(request, "pdf"))],
    )


def read_pdf(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same as a file. Raises NotNow, or Refused where it cannot be printed."""
    by = opened_by(link)
    report = _report(by) if by else None
    if by is None or report is None:
        return gone(request, sentence=TAKEN_BACK if by else NO_LONGER)
    page = ReportPage(report, by.acting)
    try:
        pdf = build_report(page)
    except RenderingFailed as problem:
        raise (NotNow if problem.passing else Refused)(problem.sentence) from problem
    return attachment(pdf, name=f"{page.title}.pdf", content_type="application/pdf")


def _report(by: ByLink) -> Report | None:
    rows = Report.objects.visible_to(by.acting).select_related("agreement", "organisation")
    return rows.filter(pk=by.about, agreement=by.agreement).first()
