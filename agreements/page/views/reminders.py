from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.parties import parties_of
from agreements.core.reached import agreement_of, steps
from deadlines import ledger
from nhsuk.components import pagination
from parties.acting import acting_of

PER_PAGE = 20


def reminders(request: HttpRequest, reference: str) -> HttpResponse:
    """Which reminders went out for an agreement, to how many, and which did not and why."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    found = ledger.deadlines_about(acting, agreement.reference)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = {party.organisation.pk: party.name for party in parties_of(agreement)}
    context = {
        "agreement": agreement,
        "way": steps(agreement),
        "columns": ledger.COLUMNS,
        "entries": ledger.entries_of(list(page.object_list), names),
        "summary": ledger.summary(acting, agreement.reference),
        "pages": pagination(page),
    }
    return render(request, "agreements/reminders.jinja", context)
