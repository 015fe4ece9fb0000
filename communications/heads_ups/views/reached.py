"""How a view gets at a heads-up, through the wall, and how it goes on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.core.reached import not_disposed
from agreements.models import Agreement
from communications.heads_ups.presenters.words import url_of
from communications.heads_ups.rules import require_keeper
from communications.models import HeadsUp, LocalCommittee
from house.goes import GONE
from parties.acting import Acting, acting_of
from web.way import About, Steps


def heads_up_of(request: HttpRequest, public_id: uuid.UUID) -> HeadsUp:
    """The heads-up. Raises Http404 for one that is not theirs to see, and DisposedOf for one whose
    words are gone."""
    visible = HeadsUp.objects.visible_to(acting_of(request)).select_related(
        "owner", "given_by__person", "closed_by__person", "kept_by"
    )
    rows = visible.prefetch_related("owner__names", "moves__moved_by__person")
    found = get_object_or_404(rows, public_id=public_id)
    if found.title == GONE:
        _lead_to_what_is_left(found, acting_of(request))
    return found


def _lead_to_what_is_left(heads_up: HeadsUp, acting: Acting) -> None:
    """Raises DisposedOf, where the reader's organisation was a party to one of its MoUs."""
    rows = Agreement.objects.visible_to(acting).filter(heads_ups__heads_up=heads_up)
    for agreement in rows.order_by("reference")[:1]:
        not_disposed(agreement)


def committee_of(request: HttpRequest, pk: int) -> LocalCommittee:
    """One of the organisation's list. Raises Http404 for others."""
    visible = LocalCommittee.objects.visible_to(acting_of(request)).current()
    return get_object_or_404(visible, pk=pk)


def for_keepers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the heads-up in the place of its id, for its keepers alone.

    Strangers get 404, readers 403; once it has gone out or was withdrawn its own page says so.
    """

    @wraps(view)
    def with_heads_up(request: HttpRequest, public_id: uuid.UUID, **more: Any) -> HttpResponse:
        heads_up = heads_up_of(request, public_id)
        require_keeper(acting_of(request), heads_up)
        if request.method != "POST" and not heads_up.is_open:
            return redirect(url_of(heads_up))
        return view(request, heads_up, **more)

    return with_heads_up


def way(heads_up: HeadsUp | None = None) -> Steps:
    """The breadcrumbs of a page below the list, or below a heads-up's."""
    steps = [("Home", reverse("home")), ("Heads-ups", reverse("heads_ups:list"))]
    return [*steps, (heads_up.title, url_of(heads_up))] if heads_up else steps


def about(heads_up: HeadsUp) -> About:
    """What each form about one heads-up shares."""
    return {"caption": heads_up.title, "way": way(heads_up), "to": url_of(heads_up)}
