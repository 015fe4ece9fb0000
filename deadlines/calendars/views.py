"""The calendars that somebody made, and what programs read at their addresses."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache

from deadlines.calendars import ical
from deadlines.calendars.forms import CalendarForm
from deadlines.calendars.page import CalendarPage, CalendarsPage
from deadlines.calendars.services import Calendar, make_feed, open_feed, replace_address, stop_feed
from deadlines.models import Feed
from house import clock
from parties.acting import acting_of
from web.carrying_out import NoForm, carried_out, posted, save_form
from web.way import About, Steps


def calendars(request: HttpRequest) -> HttpResponse:
    """The reader's calendars, and the form that makes one."""
    acting = acting_of(request)
    page = CalendarsPage(acting, request.GET.get("agreement", ""))
    form = CalendarForm(
        page.choices,
        request.POST or None,
        reference=page.reference,
        chosen=request.GET.get("dates", ""),
    )
    made: list[Feed] = []

    def make(**_: object) -> None:
        made.append(make_feed(by=acting, **form.asked))

    if carried_out(request, form, make):
        messages.success(
            request, "The calendar is made.\nNext: copy its address into your calendar."
        )
        return redirect("deadlines:calendar", key=made[0].key)
    context = {"form": form, "page": page}
    return render(request, "deadlines/calendars.jinja", context, status=form.http_status)


@never_cache
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them; for a few minutes with its address."""
    feed, heading = _own(request, key)
    context = {"page": CalendarPage(feed, heading), "way": _way()}
    return render(request, "deadlines/calendar.jinja", context)


def replaced(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another address for it, after a question."""
    feed, heading = _own(request, key)
    return save_form(
        request,
        posted(request, NoForm),
        partial(replace_address, by=acting_of(request), feed=feed),
        done=lambda _: "The calendar has a new address.\nThe former one no longer works.",
        title="Give this calendar a new address",
        lead="Its former address stops working at once. Programs that read it need the new one.",
        button="Make a new address",
        warning=True,
        **_about(heading, reverse("deadlines:calendar", args=[key])),
    )


def stopped(request: HttpRequest, key: UUID) -> HttpResponse:
    """No address any more, after a question."""
    feed, heading = _own(request, key)
    return save_form(
        request,
        posted(request, NoForm),
        partial(stop_feed, by=acting_of(request), feed=feed),
        done=lambda _: "The calendar is stopped.\nIts address no longer works.",
        leads_to=lambda _: reverse("deadlines:calendars"),
        title="Stop this calendar",
        lead="Its address stops working at once. Programs that read it keep what they have, until "
        "you take the calendar out of them.",
        button="Stop the calendar",
        warning=True,
        **_about(heading, reverse("deadlines:calendar", args=[key])),
    )


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a program reads, whoever is logged in in it; nothing but the secret opens it."""
    found = open_feed(token)
    if found is None:
        answer = HttpResponse("There is no calendar here.\n", "text/plain; charset=utf-8", 404)
    else:
        # What it says, but the moment at which this copy is made.
        etag = f'"{sha256(repr(found).encode()).hexdigest()}"'
        answer = get_conditional_response(request, etag) or _file(found)
        answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _file(found: Calendar) -> HttpResponse:
    text = ical.calendar(
        found.events,
        method="PUBLISH",
        made_at=clock.now(),
        name=found.name,
    )
    answer = HttpResponse(text, "text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="dates.ics"'
    return answer


def _own(request: HttpRequest, key: UUID) -> tuple[Feed, str]:
    """One of the reader's calendars, and what it is called."""
    page = CalendarsPage(acting_of(request))
    found = next((feed for feed in page.feeds if feed.key == key), None)
    if found is None:
        raise Http404
    return found, page.called(found)


def _way() -> Steps:
    return [
        ("Home", reverse("home")),
        ("Your account", reverse("account")),
        ("Calendars", reverse("deadlines:calendars")),
    ]


def _about(called: str, to: str) -> About:
    return {"caption": called, "to": to, "way": [*_way(), (called, to)]}
