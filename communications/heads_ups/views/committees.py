"""The list of local medical committees that an organisation tells."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from communications.heads_ups.forms import CommitteeForm
from communications.heads_ups.queries.agreements import offered_here, on_list
from communications.heads_ups.services.committees import (
    change_committee,
    end_committee,
    keep_committee,
)
from communications.heads_ups.views.reached import committee_of, way
from parties.acting import acting_of
from parties.who import DRAFTERS
from web.carrying_out import NoForm, posted, save_form


def committee_list(request: HttpRequest) -> HttpResponse:
    """Each with its address and the agreements of its area."""
    acting = acting_of(request)
    context = {"rows": on_list(acting), "may_keep": DRAFTERS.includes(acting), "way": way()}
    return render(request, "heads_ups/committees.jinja", context)


def add(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    return save_form(
        request,
        posted(request, CommitteeForm, **_offered(request)),
        partial(keep_committee, by=acting),
        done=lambda made: f"{made} is on your list.\nIt is told of the next heads-up.",
        to=reverse("heads_ups:committees"),
        title="Add a local medical committee",
        lead="It needs no account: it reads each heads-up by a link in an e-mail.",
        button="Put it on the list",
        way=_way(),
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_of(request, pk)
    served = [str(each) for each in committee.serves.values_list("agreement", flat=True)]
    initial = {"name": committee.name, "address": committee.address, "agreements": served}
    return save_form(
        request,
        posted(request, CommitteeForm, initial=initial, **_offered(request)),
        partial(change_committee, by=acting_of(request), committee=committee),
        done=lambda _: "The list is changed.\nWho was told before stays on record as it was.",
        to=reverse("heads_ups:committees"),
        title="Change a committee",
        caption=committee.name,
        way=_way(),
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_of(request, pk)
    return save_form(
        request,
        posted(request, NoForm),
        partial(end_committee, by=acting_of(request), committee=committee),
        done=lambda _: f"{committee} is off your list.",
        to=reverse("heads_ups:committees"),
        title="Take it off the list",
        caption=committee.name,
        lead="It is told no more. What it was told before stays on record.",
        button="Take it off the list",
        warning=True,
        way=_way(),
    )


def _offered(request: HttpRequest) -> dict[str, object]:
    offer = offered_here(acting_of(request))
    return {name: offer[name] for name in ("agreements", "is_cut", "seen")}


def _way() -> list[tuple[str, str]]:
    return [*way(), ("Local medical committees", reverse("heads_ups:committees"))]
