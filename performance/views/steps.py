"""What can be done with a request, one page each."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from agreements.core.telling import told_parties
from house import clock
from parties.acting import Acting, acting_of
from performance.forms.steps import (
    AcknowledgeForm,
    AnswerForm,
    BecauseForm,
    ExcludeForm,
    NewsForm,
    OnForm,
)
from performance.models import Request
from performance.rules.clocks import latest_news
from performance.rules.who import require_a_part, require_answers
from performance.services import steps as services
from performance.services.clocks import running_of, steps_of, told_of
from performance.services.telling import concerned
from performance.views.pages import about, request_of
from web.carrying_out import posted, save_form

ALSO = "It was not acknowledged before: this acknowledges it too."


def plain_of(request: HttpRequest, key: UUID) -> Request:
    """The request with this key. Raises Http404 for a consultation, which has pages of its own."""
    found = request_of(request, key)
    if found.is_foi:
        raise Http404
    return found


def told(request: Request, by: Acting) -> str:
    """Who was told."""
    return told_parties(concerned(request), by)


def acknowledge(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is there, and when the answer will be (B10)."""
    found, acting = plain_of(request, key), acting_of(request)
    require_a_part(acting, found)
    clocks = running_of(found, told_of(found, steps_of(found)))
    answer_by = next((each.due_on for each in clocks if each.name == "answer"), None)
    return save_form(
        request,
        posted(request, AcknowledgeForm, standard=found.standard, answer_by=answer_by),
        partial(services.acknowledge, by=acting, request=found),
        done=lambda _: f"Request {found.number} is acknowledged.\n{told(found, acting)}",
        title="Acknowledge this request",
        button="Acknowledge",
        **about(found),
    )


def news(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is, and when the next news comes (B11)."""
    found, acting = plain_of(request, key), acting_of(request)
    require_a_part(acting, found)
    return save_form(
        request,
        posted(request, NewsForm, latest=latest_news(found.standard, clock.today())),
        partial(services.update, by=acting, request=found),
        done=partial(_said, found, acting, "Your news is on the record."),
        title="Say how far it is",
        **about(found),
    )


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The answer was given."""
    found, acting = plain_of(request, key), acting_of(request)
    require_a_part(acting, found)
    return save_form(
        request,
        posted(request, AnswerForm),
        partial(services.answer, by=acting, request=found),
        done=partial(_said, found, acting, f"Request {found.number} is answered."),
        title="Record the answer",
        lead="The other side can say that this is not right, or open the request again.",
        button="Record the answer",
        **about(found),
    )


def exclude(request: HttpRequest, key: UUID) -> HttpResponse:
    """The standard leaves it out (B13)."""
    found, acting = plain_of(request, key), acting_of(request)
    require_answers(acting, found)
    standard = found.standard
    if standard is None or not standard.exclusions:
        raise Http404
    return save_form(
        request,
        posted(request, ExcludeForm, standard=standard),
        partial(services.exclude, by=acting, request=found),
        done=lambda _: f"Request {found.number} is left out.\n{told(found, acting)}",
        title="Leave it out by the standard",
        lead="Figures are shown with it and without it. The other side can say that this is not "
        "right.",
        button="Leave it out",
        **about(found),
    )


def pause(request: HttpRequest, key: UUID) -> HttpResponse:
    """The time stands still: it waits for whoever asked, or for the fee."""
    found, acting = request_of(request, key), acting_of(request)
    require_answers(acting, found)
    fee = found.is_foi
    title = "Record a fees notice" if fee else "Let the time stand still"
    lead = (
        "The days from the notice to the fee are not counted. Without the fee within three months "
        "nothing has to be disclosed."
        if fee
        else "The days until it runs again are not counted."
    )
    return save_form(
        request,
        posted(request, BecauseForm, label="What it waits for"),
        partial(services.pause, by=acting, request=found),
        done=lambda _: f"The time stands still.\n{told(found, acting)}",
        title=title,
        lead=lead,
        **about(found),
    )


def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was waited for is there."""
    found, acting = request_of(request, key), acting_of(request)
    require_answers(acting, found)
    return save_form(
        request,
        posted(request, OnForm),
        partial(services.resume, by=acting, request=found),
        done=lambda _: f"The time runs again.\n{told(found, acting)}",
        title="The fee is paid" if found.is_foi else "Let the time run again",
        **about(found),
    )


def _said(found: Request, acting: Acting, first: str, was_silent: bool) -> str:
    """What was done; an answer before an acknowledgement is one, and that is said."""
    return "\n".join(filter(None, [first, ALSO if was_silent else "", told(found, acting)]))
