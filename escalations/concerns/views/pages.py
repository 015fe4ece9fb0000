"""The list of what somebody reads, one concern, and where one is recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps
from escalations.concerns import queries
from escalations.concerns.forms.opening import ConcernFilter, OpenConcernForm
from escalations.concerns.presenters import words
from escalations.concerns.presenters.page import ConcernPage
from escalations.concerns.presenters.words import page_of
from escalations.concerns.rules import why_none
from escalations.concerns.services.opening import open_concern
from escalations.concerns.services.reading import note_opened
from escalations.concerns.views.reached import of_reader, way_to
from escalations.models import PracticeConcern
from escalations.rules.between import other_parties
from house.refusals import Refused
from parties.acting import acting_of
from web.carrying_out import posted, save_form
from web.paging import LongList

PER_PAGE = 25


def concern_list(request: HttpRequest) -> HttpResponse:
    """What the reader was let in to; it says nothing of what others read."""
    form = ConcernFilter(request.GET or None)
    state = form.wanted.get("state", "")
    pages = LongList(queries.read_by(acting_of(request), state), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    noun = {"closed": "closed concern", "all": "concern"}.get(state, "open concern")
    context = {
        "form": form,
        "narrowed": bool(state),
        "counted": pages.counted(noun),
        "concerns": page.object_list,
        "pages": page,
        "words": words,
    }
    return render(request, "escalations/concerns/list.jinja", context)


@of_reader()
def concern(request: HttpRequest, page: ConcernPage) -> HttpResponse:
    """What is known, what was decided, what is to be done and who reads it."""
    note_opened(by=page.acting, concern=page.concern)
    context = {"page": page, "concern": page.concern, "words": words, "way": way_to(page.concern)}
    return render(request, "escalations/concerns/concern.jinja", context)


def open_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Records a concern under an agreement in force."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    if why := why_none(agreement):
        raise Refused(why)

    def act(**said: Any) -> PracticeConcern:
        return open_concern(by=acting, agreement=agreement, **said)

    return save_form(
        request,
        posted(request, OpenConcernForm, others=other_parties(agreement, acting)),
        act,
        done=lambda _: (
            "The concern is recorded. You alone read it.\n"
            "Next: decide whether another party is told, and name who else reads it."
        ),
        to=f"/agreements/{agreement.reference}/kept/",
        leads_to=page_of,
        template="escalations/concerns/open.jinja",
        title="Record a practice concern",
        caption=agreement.full_title,
        button="Record the concern",
        way=steps(agreement),
    )
