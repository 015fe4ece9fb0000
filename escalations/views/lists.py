from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deadlines.holidays import holidays_of
from deadlines.models import Holiday
from escalations.forms.listing import ListFilter
from escalations.presenters import listing as words
from escalations.queries import listing
from parties.acting import acting_of
from parties.who import DRAFTERS

PER_PAGE = 25


def disagreement_list(request: HttpRequest) -> HttpResponse:
    """What is open between the organisation and others, and what was settled."""
    acting = acting_of(request)
    form = ListFilter(request.GET or None)
    wanted = form.wanted
    counts = listing.counts(acting, wanted)
    found = listing.found(acting, wanted).prefetch_related("steps")
    pages = Paginator(found, PER_PAGE)
    pages.count = counts["matching"]
    page = pages.get_page(request.GET.get("page"))
    holidays = holidays_of(Holiday.Calendar.ENGLAND_AND_WALES)
    narrowed = any(wanted.values())
    context = {
        "form": form,
        "narrowed": narrowed,
        "any": counts["open"] or counts["closed"],
        "counted": words.counted(counts, narrowed=narrowed),
        "columns": words.COLUMNS,
        "rows": words.rows(list(page.object_list), acting, holidays),
        "pages": page,
        "may_open": DRAFTERS.includes(acting),
    }
    return render(request, "escalations/list.jinja", context)
