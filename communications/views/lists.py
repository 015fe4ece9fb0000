"""The forward plan: as a list with the register of lead times, and by month."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communications.forms.planning import ListFilter
from communications.presenters import listing as words
from communications.presenters.month import FIRST_YEAR, LAST_YEAR, Month, month_url
from communications.queries import listing
from communications.queries.month import falling_into
from communications.queries.register import in_total, lead_times_met
from communications.rules.who import KEEPERS
from communications.views.reached import way
from house import clock
from nhsuk.components import pagination
from parties.acting import acting_of
from web.way import page_href

PER_PAGE = 25
# Of more agreements those with the lowest share are shown first.
REGISTER_SHOWN = 10


def announcement_list(request: HttpRequest) -> HttpResponse:
    """What is planned, what was released, and how often the lead time was met."""
    acting = acting_of(request)
    form = ListFilter(request.GET or None, agreements=listing.agreements_announced(acting))
    wanted = form.wanted
    counts = listing.counts(acting, wanted)
    pages = Paginator(
        listing.found(acting, wanted)
        .select_related("owner", "release")
        .prefetch_related("owner__names"),
        PER_PAGE,
    )
    # Counted already, with the rest.
    pages.count = counts["matching"]
    page = pages.get_page(request.GET.get("page"))
    register = lead_times_met(acting, wanted.get("agreement", ""))
    shown = register if "all" in request.GET else register[:REGISTER_SHOWN]
    narrowed = any(wanted.values())
    context = {
        "form": form,
        "narrowed": narrowed,
        "counts": counts,
        "counted": words.counted(counts, narrowed=narrowed),
        "columns": words.COLUMNS,
        "rows": words.rows(listing.with_details(page.object_list, acting)),
        "pages": pagination(page, page_href(request.GET)),
        "register_columns": words.REGISTER_COLUMNS,
        "register_rows": words.register_rows(shown, in_total(register)) if register else [],
        "register_left": len(register) - len(shown),
        "may_plan": acting.has(*KEEPERS),
        "month_url": month_url(clock.today()),
    }
    return render(request, "communications/list.jinja", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The forward plan of one month as a calendar."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    acting = acting_of(request)
    context = {
        "month": Month(year, month, falling_into(acting, year, month)),
        "this_month": month_url(clock.today()),
        "may_plan": acting.has(*KEEPERS),
        "way": way(),
    }
    return render(request, "communications/month.jinja", context)
