"""Giving feedback to one practice, from the page of an agreement."""

from __future__ import annotations

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps, subpage_url
from communications.heads_ups.feedback_form import FeedbackForm
from communications.heads_ups.presenters import words
from communications.heads_ups.rules import require_keeper
from communications.heads_ups.services.feedback import (
    give_feedback,
    names_of,
    take_back_feedback,
)
from communications.heads_ups.views.reached import about, heads_up_of
from communications.models import HeadsUp
from communications.room import PAGE
from nhsuk.words import in_short
from parties.acting import acting_of
from web.carrying_out import ReasonForm, posted, save_form


def give_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Whoever of the practice is told reads it by the page or by a link, and says so."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    return save_form(
        request,
        posted(request, FeedbackForm),
        partial(give_feedback, by=acting, agreement=agreement),
        done=_done,
        to=subpage_url(reference, PAGE.key),
        leads_to=words.url_of,
        title="Give feedback to a practice",
        lead="The practice is told by e-mail that there is feedback, and reads it by a link. The "
        "e-mail says nothing of it. Only your organisation and those who are told read it here.",
        button="Give the feedback",
        caption=agreement.full_title,
        way=steps(agreement),
    )


def take_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was given in error is read by nobody outside any more."""
    found = heads_up_of(request, public_id)
    require_keeper(acting_of(request), found)
    if not (found.is_feedback and found.is_sent):
        raise Http404
    return save_form(
        request,
        posted(request, ReasonForm, label="What was wrong", hint="Your own organisation reads it."),
        partial(take_back_feedback, by=acting_of(request), feedback=found),
        done=lambda _: "It is taken back. Its link opens it no more.",
        title="Take the feedback back",
        lead="Whoever was told reads it here no more. What they have read they know. Who opened "
        "it, and when, stays on record.",
        button="Take it back",
        warning=True,
        **about(found),
    )


def _done(feedback: HeadsUp) -> str:
    return f"The feedback is given.\nWe are telling {in_short(names_of(feedback))} by e-mail."
