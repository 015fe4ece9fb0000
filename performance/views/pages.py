"""The list of requests, the page of one, and how requests and consultations are recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.core.parties import side_of, there_today
from agreements.core.reached import agreement_of, subpage_url
from agreements.core.reached import steps as way_to_agreement
from agreements.core.telling import told_parties
from agreements.models import Agreement
from nhsuk.dates import day
from nhsuk.words import capital
from parties.acting import acting_of
from performance import queries
from performance.forms.consulting import ConsultForm
from performance.forms.recording import RequestForm
from performance.forms.steps import RequestFilter
from performance.models import Request
from performance.presenters import words
from performance.presenters.agreement import OWN_PAGE
from performance.presenters.page import RequestPage
from performance.presenters.words import came_twice, one, page_of
from performance.rules.who import require_recorder
from performance.services.consulting import consult
from performance.services.recording import record_request
from performance.services.telling import concerned
from web.carrying_out import posted, save_form
from web.paging import LongList
from web.way import About, Steps

PER_PAGE = 25
TWICE = "That time came twice that night, because the clocks went back. We took the first."


def request_list(request: HttpRequest) -> HttpResponse:
    """What was asked, under all agreements that the reader may see."""
    acting = acting_of(request)
    form = RequestFilter(request.GET or None)
    found = queries.requests_seen_by(acting).filter(queries.matching(acting, form.wanted))
    pages = LongList(found.soonest_first(), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "narrowed": any(form.wanted.values()),
        "counted": pages.counted(form.noun),
        "requests": queries.with_parties(list(page.object_list)),
        "words": words,
        "pages": page,
    }
    return render(request, "performance/list.jinja", context)


def request_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is asked, by when it is due and why, and what was done."""
    page = RequestPage(request_of(request, key), acting_of(request))
    context = {"page": page, "words": words, "way": way(page.agreement)}
    return render(request, "performance/request.jinja", context)


def new_request(request: HttpRequest, reference: str) -> HttpResponse:
    """Records a request: one's own, or for whoever asked by e-mail, on paper or by telephone."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)

    def record(**said: Any) -> Request:
        return record_request(by=acting, agreement=agreement, **said)

    return save_form(
        request,
        posted(
            request, RequestForm, parties=there_today(agreement), own=side_of(agreement, acting)
        ),
        record,
        done=lambda made: _done(made, f"Request {made.number} is recorded.", request),
        to=subpage_url(reference, OWN_PAGE),
        leads_to=page_of,
        title="Record a request",
        caption=agreement.full_title,
        button="Record the request",
        way=way_to_agreement(agreement),
    )


def new_consultation(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks the party that information came from for its view, before it is decided (A06)."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)
    own = side_of(agreement, acting)
    others = [party for party in there_today(agreement) if party.pk != own.pk]

    def ask(**said: Any) -> Request:
        return consult(by=acting, agreement=agreement, asked_of=own, **said)

    return save_form(
        request,
        posted(request, ConsultForm, others=others),
        ask,
        done=lambda made: _done(made, f"Consultation {made.number} is recorded.", request),
        to=subpage_url(reference, OWN_PAGE),
        leads_to=page_of,
        title="Record a freedom-of-information consultation",
        caption=agreement.full_title,
        lead="For a request under the Freedom of Information Act 2000 that your organisation has. "
        "Do not say who asked: nobody here needs to know. The legal limit of 20 working days runs "
        "on, whatever is asked here.",
        button="Ask for the view",
        way=way_to_agreement(agreement),
    )


def request_of(request: HttpRequest, key: UUID) -> Request:
    """The request with this key. Raises Http404 for one that is not theirs to see."""
    seen = queries.requests_seen_by(acting_of(request))
    rows = seen.select_related(
        "agreement__in_force_version", "version", "person", "recorded_for", "consultation"
    )
    found: Request = get_object_or_404(rows, key=key)
    queries.with_parties([found])
    return found


def way(agreement: Agreement) -> Steps:
    page = subpage_url(agreement.reference, OWN_PAGE)
    return [*way_to_agreement(agreement), ("Requests", page)]


def about(request: Request) -> About:
    page = page_of(request)
    called = capital(one(request))
    return {
        "caption": f"{called}: {request.subject}",
        "way": [*way(request.agreement), (called, page)],
        "to": page,
    }


def _done(made: Request, first: str, request: HttpRequest) -> str:
    """What was done, who was told, and what comes next."""
    queries.with_parties([made])
    told = told_parties(concerned(made), acting_of(request))
    due = f" {words.DUE[made.due_clock]} by {day(made.due_on)}." if made.due_on else ""
    twice = f" {TWICE}" if made.has_time and came_twice(made.received_at) else ""
    return f"{first}\n{told}{due}{twice}"
