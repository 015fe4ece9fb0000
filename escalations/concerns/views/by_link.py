"""The page on which a key contact without an account reads a concern shared with their party."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from agreements.core.by_link import NO_LONGER, ByLink, acts, opened_by
from escalations.concerns.forms.working import ReadByLinkForm
from escalations.concerns.presenters.words import heading
from escalations.concerns.services.noting import note_read_by_link
from escalations.concerns.services.receiving import shared_with
from escalations.models import ConcernStep, PracticeConcern
from mail.models import SentLink
from nhsuk.dates import day
from web.link_forms import link_form
from web.links import gone


def read_concern(request: HttpRequest, link: SentLink) -> HttpResponse:
    """What is known, and a form to say that it was read, and more."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    concern = shared_with(by.party, by.about)
    if concern is None:
        return gone(request)

    def act(text: str) -> None:
        with acts(by) as acting:
            note_read_by_link(by=acting, concern=concern, party=by.party, text=text)

    answer = link_form(
        request,
        ReadByLinkForm(request.POST or None) if concern.is_open else None,
        act,
        done=lambda: "It is on record that you have read it.",
        title=heading(concern),
        caption=by.title,
        facts=_facts(concern, by),
        button="Say that you have read it",
        lead="Keep it to yourself. To let others of your organisation read it, ask for an account.",
    )
    # Taken back while this page was made: nothing of it is shown.
    return answer if shared_with(by.party, by.about) else gone(request)


def _facts(concern: PracticeConcern, by: ByLink) -> list[tuple[str, str]]:
    kinds = [ConcernStep.Kind.NOTE]
    notes = concern.steps.filter(kind__in=kinds).order_by("at", "pk")
    return [
        ("Shared with", by.party.name),
        ("Where it comes from", concern.get_source_display()),
        ("How serious it is", concern.get_severity_display()),
        ("What is known", concern.known),
        *((f"Added on {day(step.at)}", step.text) for step in notes[:20]),
    ]
