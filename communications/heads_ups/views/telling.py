"""Those who were not told at first: told now, or recorded as told."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from communications.forms.planning import boxes_of
from communications.heads_ups.forms import ToldOtherwiseForm
from communications.heads_ups.presenters import words
from communications.heads_ups.queries.telling import name_of
from communications.heads_ups.services.telling_more import say_told, tell_the_rest
from communications.heads_ups.views.reached import about, for_keepers
from communications.models import HeadsUp, OwedTo
from house import clock
from parties.acting import acting_of
from web.carrying_out import act_at_once, posted, save_form


@for_keepers
def tell_rest(request: HttpRequest, heads_up: HeadsUp) -> HttpResponse:
    """Tells those who stand for the parties by now and have no e-mail of it."""
    return act_at_once(
        request,
        partial(tell_the_rest, by=acting_of(request), heads_up=heads_up),
        done="We are telling those who had no e-mail of it.",
        to=words.url_of(heads_up),
    )


@for_keepers
def told_one(request: HttpRequest, heads_up: HeadsUp, pk: int) -> HttpResponse:
    """Somebody was told otherwise than by the portal."""
    acting = acting_of(request)
    visible = OwedTo.objects.visible_to(acting).filter(concerned__heads_up=heads_up)
    owed = get_object_or_404(visible.select_related("concerned__heads_up"), pk=pk)

    def act(at: datetime, how: str) -> None:
        say_told(by=acting, owed=owed, at=at, how=how)

    return save_form(
        request,
        posted(request, ToldOtherwiseForm, initial=boxes_of(clock.now())),
        act,
        done=lambda _: f"It is recorded that {name_of(owed)} was told.",
        title=f"Record that {name_of(owed)} was told",
        lead="For what the portal does not know: a telephone call, a meeting.",
        button="Record it",
        **about(heads_up),
    )
