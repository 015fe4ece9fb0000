"""Drafting a report, sending it, remarking on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of
from agreements.core.reached import steps as way_to_agreement
from agreements.core.telling import told_others
from agreements.models import Issue
from house import clock
from nhsuk.dates import day
from parties.acting import acting_of
from reports import queries
from reports.forms import ImprovementsForm, QuarterForm, RemarkForm, SendForm, SeveralForm
from reports.models import Report
from reports.presenters.words import page_of
from reports.rules import Quarter
from reports.services import drafting, sending
from reports.views.reached import about_report, own_report_of, report_of, way
from web.carrying_out import ReasonForm, act_at_once, posted, save_form

FOR_REMARKS = timedelta(days=21)
DRAFTED = "The report is drafted. Read its figures, and say where to improve."


def new_of_one(request: HttpRequest, reference: str) -> HttpResponse:
    """The report of one agreement on a quarter."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    return save_form(
        request,
        posted(request, QuarterForm, today=clock.today()),
        lambda quarter: drafting.draft_report(by=acting, agreement=agreement, quarter=quarter),
        done=lambda _: f"{DRAFTED}\nOnly your organisation sees it until you send it.",
        to=reverse("agreements:subpage", args=[reference, "kept"]),
        leads_to=page_of,
        title="Draft a report",
        caption=agreement.full_title,
        lead="The portal counts how the agreement was kept in a quarter of the calendar.",
        button="Draft the report",
        way=way_to_agreement(agreement),
    )


def new_of_several(request: HttpRequest) -> HttpResponse:
    """A report on several agreements, which is one's own organisation's alone."""
    acting = acting_of(request)
    issues = {str(each.pk): each for each in Issue.objects.visible_to(acting).filter(state="sent")}
    form = posted(
        request, SeveralForm, today=clock.today(), others=queries.others_with(acting.on_behalf_of),
        issues=[(pk, each.title) for pk, each in issues.items()],
    )  # fmt: skip

    def act(quarter: Quarter, scope: str, **chosen: Any) -> Report:
        return drafting.draft_of_several(
            by=acting, scope=scope, quarter=quarter, other=chosen["other"],
            issue=issues.get(chosen.get("issue") or ""),
        )  # fmt: skip

    return save_form(
        request,
        form,
        act,
        done=lambda _: "The figures are being counted.\nOnly your organisation sees this report.",
        to=reverse("reports:list"),
        leads_to=page_of,
        title="Draft a report on several agreements",
        lead="It stays with your organisation. What goes to another party is the report on one "
        "agreement.",
        button="Draft the report",
        way=way(),
    )


def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where to improve, in the words of whoever leads."""
    report, acting = own_report_of(request, key), acting_of(request)
    initial = {"edit_no": report.edit_no, "text": report.improvements}
    return save_form(
        request,
        posted(request, ImprovementsForm, initial=initial),
        lambda **said: drafting.write_improvements(by=acting, report=report, **said),
        done=lambda _: "Your words stand in the report.",
        title="Say where to improve",
        **about_report(report),
    )


def count(request: HttpRequest, key: UUID) -> HttpResponse:
    """Counts the figures of a draft again."""
    report, acting = own_report_of(request, key), acting_of(request)
    return act_at_once(
        request,
        lambda: drafting.count_again(by=acting, report=report),
        done="The figures are counted by what is on record now."
        if report.is_of_one
        else "The figures are being counted.",
        to=page_of(report),
    )


def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks the other parties for their remarks."""
    report, acting = own_report_of(request, key), acting_of(request)
    initial = {"remarks_by": clock.today() + FOR_REMARKS}
    agreement = report.agreement

    def done(_: object) -> str:
        told = told_others(agreement, acting) if agreement else ""
        return f"The report is sent.\n{told}"

    return save_form(
        request,
        posted(request, SendForm, initial=initial),
        lambda remarks_by: sending.send(by=acting, report=report, remarks_by=remarks_by),
        done=done,
        title="Send the report for remarks",
        lead="The other parties see its figures and your words as they are now.",
        button="Send the report",
        **about_report(report),
    )


def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Makes a report final that no other party remarks on."""
    report, acting = own_report_of(request, key), acting_of(request)
    return act_at_once(
        request,
        lambda: sending.finish(by=acting, report=report),
        done="The report is final. Its figures stay as they were counted.",
        to=page_of(report),
    )


def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Before it is final, to put something right."""
    report, acting = own_report_of(request, key), acting_of(request)
    return save_form(
        request,
        posted(request, ReasonForm, label="Why it is taken back", hint="The parties read it."),
        lambda because: sending.take_back(by=acting, report=report, because=because),
        done=lambda _: "The report is a draft again. Send it once it is right.",
        title="Take the report back",
        button="Take it back",
        **about_report(report),
    )


def remark(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another party's word on a report before it is final."""
    report, acting = report_of(request, key), acting_of(request)
    sending.must_remark(acting, report)

    def done(_: object) -> str:
        lead = report.organisation
        return f"Your word stands in the report.\n{lead} is told."

    return save_form(
        request,
        posted(request, RemarkForm),
        lambda text: sending.remark(by=acting, report=report, text=text),
        done=done,
        title="Add your party's remark",
        lead=f"You have until {day(report.remarks_by)}." if report.remarks_by else "",
        button="Add the remark",
        **about_report(report),
    )


def edition(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another edition of a final report, counted anew."""
    report, acting = own_report_of(request, key), acting_of(request)
    form = posted(request, ReasonForm, label="What was wrong", hint="It stands in the new edition.")
    return save_form(
        request,
        form,
        lambda because: drafting.new_edition(by=acting, report=report, because=because),
        done=lambda _: f"{DRAFTED}\nThe edition before stays as it was.",
        leads_to=page_of,
        title="Make another edition",
        lead="Its figures are counted by what is on record now.",
        button="Make another edition",
        **about_report(report),
    )


def give_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """A draft that nobody goes on with."""
    report, acting = own_report_of(request, key), acting_of(request)
    return act_at_once(
        request,
        lambda: drafting.give_up(by=acting, report=report),
        done="The draft is given up. Its quarter can be reported on anew.",
        to=reverse("reports:list"),
    )
