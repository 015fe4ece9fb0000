from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.rules import RECORDERS
from meetings.presenters.lists import SERIES_COLUMNS, series_rows
from meetings.queries.seen import overviews, series_seen_by
from nhsuk.components import pagination
from parties.acting import acting_of
from web.way import page_href

PER_PAGE = 25


def series_list(request: HttpRequest) -> HttpResponse:
    """Which meetings the reader's agreements ask for, what is owed, and what is next."""
    acting = acting_of(request)
    ended = "ended" in request.GET
    seen = series_seen_by(acting)
    series = seen.exclude(ended_on=None) if ended else seen.running()
    page = Paginator(series.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ended": ended,
        "columns": SERIES_COLUMNS,
        "rows": series_rows(overviews(list(page.object_list)), acting),
        "pages": pagination(page, page_href(request.GET)),
        "may_add": acting.has(*RECORDERS),
    }
    return render(request, "meetings/list.jinja", context)
