"""The e-mails about requests. They name one by its number and hold none of its words."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, NotNeeded, kind
from mail.links.purposes import Purpose
from nhsuk.dates import day
from nhsuk.words import capital
from performance.by_link import ANSWERS, GIVES_VIEW
from performance.models import Request
from performance.presenters.words import ACTS, next_for, one, page_of

# Verb: what the subject says of it before its day, what the first sentence says happened.
NEWS: Final = {
    "request_received": ("received", "was recorded for {party} on {on}"),
    "request_consulted": ("begun", "was put to {source} for its view on {on}"),
    "request_acknowledged": ("acknowledged", "was acknowledged on {on}"),
    "request_updated": ("brought up to date", "had news on {on}"),
    "request_answered": ("answered", "was answered on {on}"),
    "request_extent": (
        "given an extent", "had its extent recorded on {on}: it says how far help goes"
    ),
    "request_excluded": ("left out", "was left out by an exclusion of the standard on {on}"),
    "request_paused": ("paused", "was paused on {on}: its days stand still"),
    "request_resumed": ("taken up again", "was taken up again on {on}: its days count again"),
    "request_reopened": ("opened again", "was opened again on {on}"),
    "request_withdrawn": ("withdrawn", "was withdrawn on {on}"),
    "request_in_error": ("entered in error", "was marked as entered in error on {on}"),
    "request_confirmed": ("confirmed", "was confirmed on {on}"),
    "request_disputed": (
        "called not right", "was called not right, in one point, by another party on {on}"
    ),
    "request_named": ("given to somebody", "was given to somebody to answer on {on}"),
    "request_left": ("left by who answers it", "lost on {on} who was to answer it"),
    "request_view": ("answered with a view", "has had the view of {source} since {on}"),
    "request_unclear": ("found unclear", "has to be clarified first, as of {on}"),
    "request_clarified": ("clarified", "was clarified on {on}: its days begin anew"),
    "request_extended": ("extended", "was extended on {on}, for the public interest"),
    "request_decided": ("decided", "was decided on {on}"),
    "request_moved": (
        "moved", "got another date on {on}, because the bank holidays changed"
    ),
}  # fmt: skip
REASONED: Final = {
    "request_excluded", "request_paused", "request_reopened", "request_withdrawn",
    "request_in_error", "request_disputed", "request_extended",
}  # fmt: skip

# With these somebody else has to act: the subject says what.
BEGINS: Final = ("request_received", "request_consulted", "request_reopened", "request_named",
                 "request_left")  # fmt: skip


@kind("request_news")
def request_news(context: dict[str, Any]) -> Message:
    """What happened to it; whoever has to act on it is told by when, with a way in."""
    about, request = HappeningLetter(context), _request(context)
    verb = about.happening.verb
    short, long = NEWS[verb]
    acts = next_for(request, context.get("party"))
    if verb == "request_named" and not acts:
        raise NotNeeded
    long = long.format(party=request.asked_of.name, source=_source(request), on=about.on)
    first = f"{capital(one(request))} under your {about.mous} {long}."
    more = ["The reason is on its page."] if verb in REASONED else []
    what = f"{one(request)} {short} on {about.on}"
    if acts:
        asked, more = _asked(request, *acts), [*more, *_by_when(*acts)]
        what = asked if verb in BEGINS else what
    return about.message(
        what, first, *more, button="Open the request", to=page_of(request),
        answers=_link(request, context.get("party")) if acts else None,
    )  # fmt: skip


def _asked(request: Request, clock: str, on: date | None) -> str:
    """ "acknowledge request 3 by 6 January 2014"."""
    by = f" by {day(on)}" if on else ""
    return f"{ACTS[clock].lower()} {one(request)}{by}"


def _by_when(clock: str, on: date | None) -> list[str]:
    return [f"{ACTS[clock]} it by {day(on)}."] if on else []


def _link(request: Request, party: int | None) -> tuple[Purpose, object] | None:
    """What a key contact without an account does about it."""
    if request.is_foi:
        return (GIVES_VIEW, request.pk) if party == request.consultation.source_id else None
    return ANSWERS, request.pk


def _source(request: Request) -> str:
    return request.consultation.source.name if request.is_foi else ""


def _request(context: dict[str, Any]) -> Request:
    rows = Request.objects.select_related("asked_of", "consultation__source", "agreement")
    return rows.get(pk=context["request"])
