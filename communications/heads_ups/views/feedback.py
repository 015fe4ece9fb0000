"""Giving feedback to one practice, from the page of an agreement."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, steps, subpage_url
from communications.heads_ups.feedback_form import FeedbackForm
from communications.heads_ups.presenters import words
from communications.heads_ups.services.feedback import give_feedback, names_of
from communications.models import HeadsUp
from communications.room import PAGE
from nhsuk.words import in_short
from parties.acting import acting_of
from web.carrying_out import posted, save_form


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


def _done(feedback: HeadsUp) -> str:
    return f"The feedback is given.\nWe are telling {in_short(names_of(feedback))} by e-mail."
