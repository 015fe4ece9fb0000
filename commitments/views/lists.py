from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments import queries
from commitments.forms import ListFilter
from commitments.presenters import lists as words
from house import clock
from nhsuk.components import pagination
from parties.acting import acting_of
from web.way import page_href

PER_PAGE = 25


def action_list(request: HttpRequest) -> HttpResponse:
    """What has to be done, under all agreements that the reader may see."""
    acting = acting_of(request)
    form = ListFilter(request.GET or None, agreements=queries.agreements_with_actions(acting))
    seen = queries.actions_seen_by(acting)
    found = seen.filter(queries.matching(acting, form.wanted)).soonest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    sources = queries.sources_of(page.object_list, acting)
    context = {
        "form": form,
        "narrowed": any(form.wanted.values()),
        "counted": words.counted(page.paginator.count, form.wanted),
        "columns": words.COLUMNS,
        "rows": words.rows_of(page.object_list, clock.today(), sources, of_many=True),
        "pages": pagination(page, page_href(request.GET)),
    }
    return render(request, "commitments/list.jinja", context)
