"""How a view gets at a concern: as a named reader of it, or not at all; also when it ends."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.reached import not_disposed
from escalations.concerns.presenters.page import ConcernPage
from escalations.concerns.presenters.words import heading, page_of
from escalations.concerns.rules import Reader
from escalations.concerns.services.case import reader_of
from escalations.models import PracticeConcern
from house.refusals import NotYours
from parties.acting import acting_of
from web.way import About, Steps

View = Callable[..., HttpResponse]


def of_reader(
    must: Callable[[Reader], object] | None = None, *, while_open: bool = False
) -> Callable[[View], View]:
    """Gives the view the page of the concern, once `must` found that the reader may do this;
    `while_open`: raises Http404 for one that is closed.

    A right that ended while the request ran shows nothing any more: it is asked for once again when
    the answer is made, and whoever lost it gets what a stranger gets (C5).
    """

    def of_view(view: View) -> View:
        @wraps(view)
        def with_page(request: HttpRequest, key: UUID, **more: Any) -> HttpResponse:
            page = page_for(request, key)
            if while_open and not page.is_open:
                raise Http404
            if must:
                must(page.reader)
            try:
                answer = view(request, page, **more)
            except NotYours:
                _still_reads(request, page.concern)
                raise
            _still_reads(request, page.concern, ends_own=answer.status_code == 302)
            return answer

        return with_page

    return of_view


def page_for(request: HttpRequest, key: UUID) -> ConcernPage:
    """Raises Http404 for one that is not theirs to read."""
    acting = acting_of(request)
    rows = PracticeConcern.objects.visible_to(acting).select_related(
        "agreement__in_force_version", "practice", "opened_by__person"
    )
    concern = get_object_or_404(rows, key=key)
    not_disposed(concern.agreement)
    reader = reader_of(acting, concern)
    if reader is None:
        raise Http404
    return ConcernPage(reader)


def _still_reads(request: HttpRequest, concern: PracticeConcern, *, ends_own: bool = False) -> None:
    """Raises Http404 for whoever reads it no more. An act that was done leads on (`ends_own`)."""
    reads = PracticeConcern.objects.visible_to(acting_of(request)).filter(pk=concern.pk)
    if not ends_own and not reads.exists():
        raise Http404


def way_to(concern: PracticeConcern) -> Steps:
    return [
        ("Home", reverse("home")),
        ("Practice concerns", reverse("concerns:list")),
        (heading(concern), page_of(concern)),
    ]


def about(page: ConcernPage) -> About:
    """What each form about a concern shares."""
    to = page_of(page.concern)
    return {"caption": heading(page.concern), "way": way_to(page.concern), "to": to}
