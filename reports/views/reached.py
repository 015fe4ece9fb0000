"""How pages get at reports, through the wall or not at all, and lead back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.reached import not_disposed
from parties.acting import acting_of
from reports.models import Assurance, Report
from reports.presenters.words import about, name_of, page_of
from web.way import About, Steps


def report_of(request: HttpRequest, key: UUID) -> Report:
    """The report with this key. Raises Http404 for one that is not theirs to see."""
    rows = Report.objects.visible_to(acting_of(request)).select_related(
        "agreement__in_force_version", "organisation", "other", "issue", "corrects", "job"
    )
    found = get_object_or_404(rows, key=key)
    if found.agreement:
        not_disposed(found.agreement)
    return found


def own_report_of(request: HttpRequest, key: UUID) -> Report:
    """One of the reader's own organisation: to whoever only reads it, this page is not there."""
    report = report_of(request, key)
    if report.organisation_id != acting_of(request).organisation_id:
        raise Http404
    return report


def assurance_of(request: HttpRequest, key: UUID) -> Assurance:
    rows = Assurance.objects.visible_to(acting_of(request))
    return get_object_or_404(rows.select_related("organisation", "job", "register"), key=key)


def way() -> Steps:
    return [("Home", reverse("home")), ("Reports", reverse("reports:list"))]


def about_report(report: Report) -> About:
    """What each form about a report shares."""
    page = page_of(report)
    return About(caption=about(report), way=[*way(), (name_of(report), page)], to=page)
