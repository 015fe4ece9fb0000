"""What can be done with a consultation on freedom of information, one page each."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from parties.acting import acting_of
from performance.forms.consulting import DecisionForm
from performance.forms.steps import BecauseForm, ExtendForm, OnForm, TextForm
from performance.models import Consultation, Request
from performance.rules.who import require_answers, require_gives_view
from performance.services import consulting
from performance.views.pages import about, request_of
from performance.views.steps import told
from web.carrying_out import posted, save_form

AS_DECIDED = {
    Consultation.View.CAME: "",
    Consultation.View.OVERDUE: "The day for the view had passed: this is on the record.",
    Consultation.View.BEFORE: "It was decided before the view came: this is on the record.",
}


def view(request: HttpRequest, key: UUID) -> HttpResponse:
    """The party that the information came from gives its view."""
    found, acting = consultation_of(request, key), acting_of(request)
    require_gives_view(acting, found)
    return save_form(
        request,
        posted(request, TextForm, label="What you think of disclosing it, and why"),
        partial(consulting.give_view, by=acting, request=found),
        done=lambda _: f"Your view is on the record.\n{told(found, acting)}",
        title="Give your view",
        lead=f"{found.asked_of.name} decides afterwards. The decision remains its own.",
        button="Give this view",
        **about(found),
    )


def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whether the information is disclosed; before the view came only with a reason."""
    found, acting = consultation_of(request, key), acting_of(request)
    require_answers(acting, found)
    source = found.consultation.source.name
    waits = "" if found.consultation.viewed_on else (
        f"{source} has not given its view. You can decide now, with a reason: the record says so."
    )  # fmt: skip

    def done(stood: str) -> str:
        said = AS_DECIDED[Consultation.View(stood)]
        first = "The decision is on the record."
        return "\n".join(filter(None, [first, said, told(found, acting)]))

    return save_form(
        request,
        posted(request, DecisionForm),
        partial(consulting.decide, by=acting, request=found),
        done=done,
        title="Record the decision",
        lead=waits,
        button="Record the decision",
        **about(found),
    )


def unclear(request: HttpRequest, key: UUID) -> HttpResponse:
    """Clarification was asked for."""
    found, acting = consultation_of(request, key), acting_of(request)
    require_answers(acting, found)
    return save_form(
        request,
        posted(request, BecauseForm, label="What has to be clarified"),
        partial(consulting.ask_what_is_meant, by=acting, request=found),
        done=lambda _: f"The days begin anew when it is clear.\n{told(found, acting)}",
        title="Ask for clarification",
        lead="For what you reasonably need to find the information. Do not say who asked.",
        **about(found),
    )


def clarified(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is clear what is asked for."""
    found, acting = consultation_of(request, key), acting_of(request)
    require_answers(acting, found)
    return save_form(
        request,
        posted(request, OnForm, label="What is asked for (optional)"),
        partial(consulting.clarified, by=acting, request=found),
        done=lambda _: f"The 20 working days begin anew.\n{told(found, acting)}",
        title="It is clear now",
        lead="Day 1 is the working day after the clarification came.",
        **about(found),
    )


def extend(request: HttpRequest, key: UUID) -> HttpResponse:
    """The public interest takes longer to weigh."""
    found, acting = consultation_of(request, key), acting_of(request)
    require_answers(acting, found)
    return save_form(
        request,
        posted(request, ExtendForm, label="Which exemption you weigh against the public interest"),
        partial(consulting.extend, by=acting, request=found),
        done=lambda _: f"The date is extended.\n{told(found, acting)}",
        title="Extend for the public interest",
        lead="Whoever asked has to be told within the 20 working days: later counts as late.",
        **about(found),
    )


def consultation_of(request: HttpRequest, key: UUID) -> Request:
    """The consultation with this key. Raises Http404 for what is none, or is not theirs to see."""
    found = request_of(request, key)
    if not found.is_foi:
        raise Http404
    return found
