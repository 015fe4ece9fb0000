"""The assurance report: begun by one press, read and taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from documents.rendering import RenderingFailed
from documents.storage import attachment
from house.refusals import NotNow
from jobs.progress import Progress
from parties.acting import acting_of
from reports.forms import AssuranceForm
from reports.models import Assurance, Register
from reports.presenters.words import page_of_assurance
from reports.print import build_register
from reports.register import RegisterContent
from reports.services.assuring import begin_assurance
from reports.views.reached import assurance_of, way
from reports.workbook import TYPE, workbook_of_register
from web.carrying_out import posted, save_form


def new(request: HttpRequest) -> HttpResponse:
    """One press: the register of all MoUs that the organisation holds."""
    acting = acting_of(request)
    return save_form(
        request,
        posted(request, AssuranceForm),
        lambda since: begin_assurance(by=acting, since=since),
        done=lambda _: "The report is being made. It is kept as it is issued.",
        to=reverse("reports:list"),
        leads_to=page_of_assurance,
        title="Make an assurance report",
        lead="The register of all MoUs that your organisation holds, for its audit committee: what "
        "is unsigned, past its review or its end, what is missed, which contacts are vacant.",
        button="Make the report",
        way=way(),
    )


def page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What it says; while it is made how far that is."""
    assurance = assurance_of(request, key)
    register = _register(assurance)
    context = {
        "assurance": assurance,
        "register": register,
        "content": _content(register) if register else None,
        "progress": Progress(assurance.job, "register"),
        "way": way(),
    }
    return render(request, "reports/assurance.jinja", context)


def pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """Two sides of A4. Raises Http404 while it is being made."""
    register = _issued(request, key)
    try:
        made = build_register(_content(register), register)
    except RenderingFailed as problem:
        if problem.passing:
            raise NotNow(problem.sentence) from problem
        messages.error(request, problem.sentence)
        return redirect("reports:assurance", key)
    name = f"Assurance report {register.issued_at:%Y-%m-%d}.pdf"
    return attachment(made, name=name, content_type="application/pdf")


def workbook(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every MoU, however many. Raises Http404 while it is being made."""
    register = _issued(request, key)
    made = workbook_of_register(_content(register))
    name = f"Assurance report {register.issued_at:%Y-%m-%d}.xlsx"
    return attachment(made, name=name, content_type=TYPE)


def _register(assurance: Assurance) -> Register | None:
    found: Register | None = getattr(assurance, "register", None)
    return found


def _issued(request: HttpRequest, key: UUID) -> Register:
    register = _register(assurance_of(request, key))
    if register is None:
        raise Http404
    return register


def _content(register: Register) -> RegisterContent:
    return RegisterContent.model_validate(register.content)
