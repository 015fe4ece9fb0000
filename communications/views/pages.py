"""What one looks at: the list, the month, one announcement and its final file."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communications.forms.planning import AnnouncementFilter
from communications.presenters import words
from communications.presenters.announcement import AnnouncementPage
from communications.presenters.lists import (
    FIRST_YEAR,
    LAST_YEAR,
    REGISTER_COLUMNS,
    AnnouncementMonth,
    counted,
    month_url,
)
from communications.queries import listing
from communications.queries.final_text import final_texts
from communications.queries.month import falling_into
from communications.queries.register import in_total, lead_times_met
from communications.views.reached import announcement_of, way
from documents.storage import download
from house import clock
from parties.acting import acting_of
from parties.who import DRAFTERS
from web.paging import MOST

PER_PAGE = 25
# Of more agreements those with the lowest share are shown first.
REGISTER_SHOWN, MOST_OF_REGISTER = 10, 150


def announcement_list(request: HttpRequest) -> HttpResponse:
    """What is planned, what was released, and how often the lead time was met."""
    acting = acting_of(request)
    form = AnnouncementFilter(request.GET or None)
    wanted, narrowed = form.wanted, any(form.wanted.values())
    found = listing.found(acting, wanted)
    page = Paginator(found[:MOST], PER_PAGE).get_page(request.GET.get("page"))
    which = acting, found, wanted.get("agreement", "")
    register = lead_times_met(*which)
    shown = register[: MOST_OF_REGISTER if "all" in request.GET else REGISTER_SHOWN]
    context = {
        "form": form,
        "narrowed": narrowed,
        "counted": counted(found, narrowed=narrowed),
        "rows": listing.with_details(list(page.object_list), acting),
        "words": words,
        "pages": page,
        "register_columns": REGISTER_COLUMNS,
        "register": [*shown, in_total(*which)] if register else [],
        "register_left": len(register) - len(shown) if "all" not in request.GET else 0,
        "may_plan": DRAFTERS.includes(acting),
        "month_url": month_url(clock.today()),
    }
    return render(request, "communications/list.jinja", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The forward plan of one month as a calendar."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    acting = acting_of(request)
    context = {
        "month": AnnouncementMonth(year, month, falling_into(acting, year, month)),
        "this_month": month_url(clock.today()),
        "may_plan": DRAFTERS.includes(acting),
        "way": way(),
    }
    return render(request, "communications/month.jinja", context)


def announcement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Its line of time, who may see it, the drafts, what was said; once released, its text."""
    page = AnnouncementPage(announcement_of(request, public_id), acting_of(request))
    context = {"page": page, "words": words, "way": way()}
    return render(request, "communications/announcement.jinja", context)


def final_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The final text as a PDF, for whoever may see the released announcement."""
    return _download(request, public_id)


def former_file(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A final text from before it was corrected."""
    return _download(request, public_id, number)


def _download(request: HttpRequest, public_id: uuid.UUID, number: int = 0) -> HttpResponse:
    shown = announcement_of(request, public_id)
    texts = final_texts(shown.release) if shown.is_released else []
    wanted = next((each for each in texts if number in (0, each.number)), None)
    if wanted is None or wanted.file is None:
        raise Http404
    return download(wanted.file, name=f"{shown.title}.pdf")
