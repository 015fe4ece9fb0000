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

# Verb: what the subject says of it, what the first sentence says happened.
NEWS: Final = {
    "request_received": ("received", "was recorded for {party}"),
    "request_consulted": ("your view is asked for", "asks {source} for its view"),
    "request_acknowledged": ("acknowledged", "was acknowledged"),
    "request_updated": ("news", "has news"),
    "request_answered": ("answered", "was answered"),
    "request_extent": ("extent agreed", "has an extent on record: how far help goes"),
    "request_excluded": ("left out", "was left out by an exclusion of the standard"),
    "request_paused": ("stands still", "waits, and its days stand still"),
    "request_resumed": ("runs again", "goes on, and its days run again"),
    "request_reopened": ("opened again", "was opened again"),
    "request_withdrawn": ("withdrawn", "was withdrawn"),
    "request_in_error": ("entered in error", "was marked as entered in error"),
    "request_confirmed": ("confirmed", "was confirmed"),
    "request_disputed": ("not right, answered", "is not right in one point, says another party"),
    "request_named": ("somebody is named for it", "has somebody named to answer it"),
    "request_left": ("who answers it leaves", "was with somebody who leaves"),
    "request_view": ("the view came", "has the view that was asked for"),
    "request_unclear": ("clarification asked for", "has to be clarified first"),
    "request_clarified": ("clarified", "is clear now, and its days begin anew"),
    "request_extended": ("extended", "takes longer, for the public interest"),
    "request_decided": ("decided", "was decided"),
    "request_moved": ("its date moved", "has another date, because the bank holidays changed"),
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
    long = long.format(party=request.asked_of.name, source=_source(request))
    first = f"{capital(one(request))} under your {about.mous} {long} on {about.on}."
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
