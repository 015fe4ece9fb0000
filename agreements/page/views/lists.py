from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.page.forms import ListFilter
from agreements.page.listing import ListPage
from agreements.page.queries import listing
from nhsuk.components import pagination
from parties.acting import acting_of
from parties.models import Role
from web.way import page_href

PER_PAGE = 25


def agreement_list(request: HttpRequest) -> HttpResponse:
    """Which agreements there are, and how they are doing."""
    acting = acting_of(request)
    others = listing.others_of(acting)
    form = ListFilter(request.GET or None, others=others)
    wanted = form.wanted
    counts = listing.counts(acting, wanted)
    pages = Paginator(listing.found(acting, wanted), PER_PAGE)
    # Counted already, with the rest.
    pages.count = counts["matching"]
    page = pages.get_page(request.GET.get("page"))
    narrowed = any(value for name, value in wanted.items() if name != "sort")
    listed = listing.with_details(page.object_list, acting, others)
    context = {
        "form": form,
        "page": ListPage(listed, counts, request.GET, narrowed=narrowed),
        "pages": pagination(page, page_href(request.GET)),
        "may_add": acting.has(Role.EDITOR, Role.MANAGER),
    }
    return render(request, "agreements/list.jinja", context)
