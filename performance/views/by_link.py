"""The pages on which a key contact without an account asks, answers, or gives a view."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from agreements.core.by_link import NO_LONGER, ByLink, acts, opened_by
from agreements.core.parties import there_today
from agreements.core.telling import told_parties
from house.text import shortened
from mail.models import SentLink
from nhsuk.dates import day
from nhsuk.words import capital
from parties.acting import Acting
from performance import queries
from performance.forms.asking import ACKNOWLEDGE, ANSWER, AskForm, ByLinkForm
from performance.forms.steps import TextForm
from performance.models import Request
from performance.presenters.words import DUE, asker_of, one, received_words
from performance.services.clocks import running_of, steps_of, told_of
from performance.services.consulting import give_view
from performance.services.recording import record_request
from performance.services.steps import acknowledge, answer, update
from performance.services.telling import concerned
from web.link_forms import link_form
from web.links import gone

LONGEST_SHOWN = 2_000


def ask(request: HttpRequest, link: SentLink) -> HttpResponse:
    """Asks another party for information or help, or sends a query."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    agreement = by.agreement
    if not agreement.takes_acts:
        raise Http404
    others = [party for party in there_today(agreement) if party.pk != by.party.pk]
    made: list[Request] = []

    def act(**said: Any) -> None:
        with acts(by) as acting:
            made.append(
                record_request(
                    by=acting, agreement=agreement, asked_by=by.party, how=Request.How.LINK, **said
                )
            )

    return link_form(
        request,
        AskForm(request.POST or None, others=others),
        act,
        done=lambda: f"Request {made[0].number} is recorded.\n{told_parties(others, by.acting)}",
        title=f"Ask another party of {by.mou}",
        caption=by.title,
        facts=[("For", by.party.name)],
        button="Send the request",
    )


def answer_request(request: HttpRequest, link: SentLink) -> HttpResponse:
    """What is asked and by when, and a form to acknowledge or answer it."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    found = _request_of(by)
    if found is None or found.is_foi or found.asked_of_id != by.party.pk:
        return gone(request)

    def act(what: str, until: date | None, text: str) -> None:
        with acts(by) as acting:
            _carry_out(acting, found, what, until, text)

    return link_form(
        request,
        ByLinkForm(request.POST or None, request=found) if found.state == "open" else None,
        act,
        done=lambda: f"What you said is on record.\n{told_parties(concerned(found), by.acting)}",
        title=f"{capital(one(found))}: {found.subject}",
        caption=by.title,
        facts=[("Asked by", asker_of(found)), *_facts(found)],
        button="Send it",
        lead="" if found.state == "open" else "Nothing more is asked of you now.",
    )


def view(request: HttpRequest, link: SentLink) -> HttpResponse:
    """Which information somebody wants disclosed, and a form to say what one thinks of it."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    found = _request_of(by)
    if found is None or not found.is_foi or found.consultation.source_id != by.party.pk:
        return gone(request)
    waits = found.is_open and not found.consultation.viewed_on

    def act(text: str) -> None:
        with acts(by) as acting:
            give_view(by=acting, request=found, text=text)

    label = "What you think of disclosing it, and why"
    return link_form(
        request,
        TextForm(request.POST or None, label=label) if waits else None,
        act,
        done=lambda: f"Your view is on record.\n{told_parties(concerned(found), by.acting)}",
        title=f"{capital(one(found))}: {found.subject}",
        caption=by.title,
        facts=[("Decided by", found.asked_of.name), *_facts(found)],
        button="Give this view",
        lead="" if waits else "Nothing more is asked of you now.",
    )


def _carry_out(by: Acting, request: Request, what: str, until: date | None, text: str) -> None:
    if what == ANSWER:
        answer(by=by, request=request, text=text)
    elif what == ACKNOWLEDGE:
        acknowledge(by=by, request=request, until=until, text=text)
    elif until:
        update(by=by, request=request, until=until, text=text)


def _request_of(by: ByLink) -> Request | None:
    rows = Request.objects.visible_to(by.acting).select_related(
        "agreement__in_force_version", "version", "consultation"
    )
    found: Request | None = rows.filter(pk=by.about).first()
    if found is not None:
        queries.with_parties([found])
    return found


def _facts(request: Request) -> list[tuple[str, str]]:
    clocks = running_of(request, told_of(request, steps_of(request)))
    details = [("Details", shortened(request.details, LONGEST_SHOWN))] if request.details else []
    dates = [(DUE[each.name], f"{day(each.due_on)}. {each.working}") for each in clocks]
    return [("Received", received_words(request)), *details, *dates]
