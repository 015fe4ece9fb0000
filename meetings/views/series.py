"""The list of series, the page of one, and how one is made, asked for more often, ended."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.core.parties import sides_of
from commitments.presenters import words as action_words
from meetings.forms.series import OURS, CadenceForm, SeriesForm
from meetings.presenters import words
from meetings.presenters.series import SeriesPage
from meetings.presenters.words import series_page
from meetings.queries.offers import (
    InForce,
    agreements_called,
    agreements_of_many,
    asked_for,
    bodies_for,
    many_for,
)
from meetings.queries.seen import overviews, series_seen_by
from meetings.rules.who import require_may_set_cadence, require_recorder
from meetings.services.series import end_series, make_series, set_cadence
from meetings.views.reached import about_series, series_of, told_others, way, way_to_series
from nhsuk.words import in_sentence
from parties.acting import Acting, acting_of
from parties.who import RECORDERS
from web.carrying_out import NoForm, posted, save_form
from web.paging import LongList

PER_PAGE = 25


def series_list(request: HttpRequest) -> HttpResponse:
    """Which meetings the reader's agreements ask for, what is owed, and what is next."""
    acting = acting_of(request)
    ended = "ended" in request.GET
    seen = series_seen_by(acting)
    series = seen.exclude(ended_on=None) if ended else seen.running()
    page = LongList(series.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ended": ended,
        "overviews": overviews(list(page.object_list)),
        "words": words,
        "acting": acting,
        "pages": page,
        "may_add": RECORDERS.includes(acting),
    }
    return render(request, "meetings/list.jinja", context)


def series(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was held, what is owed, what is next."""
    found = series_of(request, key)
    page = SeriesPage(found, acting_of(request), number=request.GET.get("page"))
    context = {"page": page, "words": words, "action_words": action_words, "way": way()}
    return render(request, "meetings/series.jinja", context)


def new_series(request: HttpRequest) -> HttpResponse:
    """A series that the reader's organisation and others agree to have."""
    acting = acting_of(request)
    form = SeriesForm(
        request.POST or None,
        offer=InForce(acting),
        many=many_for(acting),
        together=asked_for(acting),
        bodies=bodies_for(acting),
        chosen=request.GET.get("agreement", ""),
    )
    return save_form(
        request,
        form,
        lambda **said: make_series(by=acting, **_said(said, acting)),
        done=lambda made: (
            f"{made.name} is a series now.\n{told_others(made, acting)}\n"
            "Next: schedule its first meeting."
        ),
        to=reverse("meetings:list"),
        leads_to=series_page,
        title="Add a series of meetings",
        button="Add the series",
        way=way(),
    )


def cadence(request: HttpRequest, key: UUID) -> HttpResponse:
    """How often it meets from now on."""
    found, acting = series_of(request, key), acting_of(request)
    require_may_set_cadence(acting, found)

    def done(_: bool) -> str:
        found.refresh_from_db(fields=["cadence", "per_year"])
        said = f"These meetings are {in_sentence(found.how_often)} from now on."
        return f"{said}\n{told_others(found, acting)}"

    return save_form(
        request,
        CadenceForm.of(found, request.POST or None),
        partial(set_cadence, by=acting, series=found),
        done=done,
        title="How often it meets",
        lead="Meetings held so far stay as they are. We tell the other parties.",
        **about_series(found),
    )


def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """No more meetings are called in it."""
    found, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, found)
    return save_form(
        request,
        posted(request, NoForm),
        partial(end_series, by=acting, series=found),
        done=lambda _: f"{found.name} has ended.\n{told_others(found, acting)}",
        title=f"End {found.name}",
        lead="Nobody can call a meeting in it any more, and none is owed. Its notes and actions "
        "stay. We tell the other parties.",
        button="End the series",
        warning=True,
        way=way_to_series(found),
        to=series_page(found),
    )


def _said(said: dict[str, Any], acting: Acting) -> dict[str, Any]:
    """What the form holds, as the service takes it."""
    many = said.pop("many", "")
    chosen = agreements_called(acting, said.pop("agreements"))
    chosen += agreements_of_many(acting, many) if many else []
    agreements = sorted(set(chosen), key=lambda each: each.reference)
    ours = said.pop("convener") == OURS and agreements
    convener = next(iter(sides_of(agreements[0], acting)), None) if ours else None
    body = acting.on_behalf_of.bodies.filter(pk=said.pop("body", "") or 0).first()
    return said | {"agreements": agreements, "convener": convener, "body": body}
