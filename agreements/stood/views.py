"""An agreement as it stood on any day: the page, its PDF, and the choice of another day (X02)."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.reached import agreement_of, steps
from agreements.models import Agreement
from agreements.stood.forms import DayForm
from agreements.stood.pages import StoodPage
from agreements.stood.print import build_stood_copy
from agreements.stood.record import first_day
from documents.rendering import RenderingFailed
from documents.storage import attachment
from house.refusals import NotNow
from nhsuk.widgets import date_boxes
from parties.acting import acting_of


def choose_day(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks for a day; a day that can be shown leads to it."""
    agreement = agreement_of(request, reference)
    form = DayForm(request.GET or None, first=first_day(agreement))
    if form.is_valid():
        return redirect("agreements:stood", reference, form.cleaned_data["on"].isoformat())
    return _asked(request, agreement, form)


def stood(request: HttpRequest, reference: str, day: str) -> HttpResponse:
    """The agreement as it stood at the end of the day, by the record of then or as known now."""
    agreement, on = agreement_of(request, reference, "template_version"), _day(day)
    form = _form(agreement, on)
    if not form.is_valid():
        return _asked(request, agreement, form)
    page = _page(request, agreement, on)
    context = {"page": page, "form": form, "agreement": agreement, "way": _way(agreement)}
    return render(request, "agreements/stood.jinja", context)


def stood_pdf(request: HttpRequest, reference: str, day: str) -> HttpResponse:
    """The same in print. For a day that cannot be shown there is none."""
    agreement, on = agreement_of(request, reference, "template_version"), _day(day)
    if not _form(agreement, on).is_valid():
        raise Http404
    page = _page(request, agreement, on)
    try:
        pdf = build_stood_copy(page)
    except RenderingFailed as problem:
        if problem.passing:
            raise NotNow(problem.sentence) from problem
        messages.error(request, problem.sentence)
        return redirect("agreements:stood", reference, day)
    name = f"{reference} as it stood on {on.isoformat()}.pdf"
    return attachment(pdf, name=name, content_type="application/pdf")


def _day(text: str) -> date:
    """Raises Http404 for what is no day as 2014-03-01."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if on.isoformat() != text:  # 20140301, 2014-W09-6
        raise Http404
    return on


def _form(agreement: Agreement, on: date) -> DayForm:
    return DayForm(date_boxes("on", on), first=first_day(agreement))


def _page(request: HttpRequest, agreement: Agreement, on: date) -> StoodPage:
    as_known = request.GET.get("known") == "now"
    return StoodPage(agreement, acting_of(request), on, as_known=as_known)


def _asked(request: HttpRequest, agreement: Agreement, form: DayForm) -> HttpResponse:
    context = {
        "form": form,
        "agreement": agreement,
        "way": _way(agreement),
        "here": reverse("agreements:stood_on", args=[agreement.reference]),
    }
    return render(request, "agreements/stood_day.jinja", context)


def _way(agreement: Agreement) -> list[tuple[str, str]]:
    history = reverse("agreements:history", args=[agreement.reference])
    return [*steps(agreement), ("History", history)]
