"""The list of reports, and the page of one with its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from documents.rendering import RenderingFailed
from documents.storage import attachment
from house.refusals import NotNow
from parties.acting import acting_of
from parties.who import DRAFTERS, RECORDERS
from reports.models import Assurance, Report
from reports.presenters import words
from reports.presenters.page import ReportPage
from reports.print import build_report
from reports.services.counting import is_being_counted
from reports.views.reached import report_of, way
from reports.workbook import TYPE, workbook_of
from web.paging import LongList

PER_PAGE = 25


def report_list(request: HttpRequest) -> HttpResponse:
    """The reports on quarters, and the newest assurance reports."""
    acting = acting_of(request)
    seen = Report.objects.visible_to(acting).exclude(state=Report.State.GIVEN_UP)
    rows = seen.select_related("agreement", "organisation", "other", "issue").prefetch_related(
        "organisation__names", "other__names"
    )
    page = LongList(rows, PER_PAGE).get_page(request.GET.get("page"))
    issued = Assurance.objects.visible_to(acting).select_related("job")
    context = {
        "pages": page,
        "assurances": LongList(issued, PER_PAGE).get_page(request.GET.get("issued")),
        "may_draft": DRAFTERS.includes(acting),
        "may_assure": RECORDERS.includes(acting),
        "words": words,
    }
    return render(request, "reports/list.jinja", context)


def report_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its figures with charts and tables, where to improve, the remarks."""
    report = report_of(request, key)
    page = ReportPage(report, acting_of(request))
    context = {"page": page, "counting": is_being_counted(report.job), "way": way()}
    return render(request, "reports/report.jinja", context)


def report_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ReportPage(report_of(request, key), acting_of(request))
    try:
        pdf = build_report(page)
    except RenderingFailed as problem:
        if problem.passing:
            raise NotNow(problem.sentence) from problem
        messages.error(request, problem.sentence)
        return redirect(words.page_of(page.report))
    return attachment(pdf, name=f"{_name(page)}.pdf", content_type="application/pdf")


def report_workbook(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ReportPage(report_of(request, key), acting_of(request))
    return attachment(workbook_of(page), name=f"{_name(page)}.xlsx", content_type=TYPE)


def _name(page: ReportPage) -> str:
    agreement = page.report.agreement
    return f"{agreement.reference} {page.title}" if agreement else page.title
