"""What can be done with a request, one page each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.core.choices import people_of
from agreements.core.confirming import ConfirmationForm, require_other_side
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
    PersonForm,
    TextForm,
)
from performance.models import Request, RequestStep
from performance.rules.clocks import latest_news
from performance.rules.who import (
    require_a_part,
    require_answers,
    require_asks,
    require_recorded,
)
from performance.services import steps as services
from performance.services.clocks import running_of, steps_of, told_of
from performance.services.telling import concerned
from performance.views.pages import about, request_of
from web.carrying_out import ReasonForm, posted, save_form

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


def extent(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far help with a practice visit goes (A20)."""
    found, acting = plain_of(request, key), acting_of(request)
    require_a_part(acting, found)
    return save_form(
        request,
        posted(request, TextForm, label="How far the help goes, as you agreed it"),
        partial(services.agree_extent, by=acting, request=found),
        done=lambda _: f"The extent is on the record.\n{told(found, acting)}",
        title="Record the extent agreed",
        lead="The other side can confirm it, or say that it is not right.",
        **about(found),
    )


def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who answers it for the party asked."""
    found, acting = request_of(request, key), acting_of(request)
    require_answers(acting, found)
    people = {str(each.pk): each for each in people_of(found.asked_of.organisation)}
    chosen = [(pk, each.name) for pk, each in people.items()]
    initial = {"person": str(found.person_id or "")}

    def name(person: str) -> None:
        services.name_person(by=acting, request=found, person=people.get(person))

    return save_form(
        request,
        posted(request, PersonForm, people=chosen, initial=initial),
        name,
        done=lambda _: "Saved. Whoever answers it now is told.",
        title="Say who answers it",
        **about(found),
    )


def say(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Another side says that something recorded is right, or is not."""
    found, acting = request_of(request, key), acting_of(request)
    seen = RequestStep.objects.visible_to(acting).filter(request=found)
    step = get_object_or_404(seen.filter(kind__in=RequestStep.SAID_OF), pk=pk)
    require_other_side(acting, found.agreement, step.organisation_id)
    form = posted(request, ConfirmationForm, what="this")

    def answer_it(because: str, **_: object) -> None:
        services.say(by=acting, request=found, step=step, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        answer_it,
        done=lambda _: f"{form.done}\n{told(found, acting)}",
        title=f"Say whether this is right: {str(step.get_kind_display()).lower()}",
        lead=step.text,
        button="Send your answer",
        **about(found),
    )


def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is not answered after all."""
    return _with_reason(
        request, key, services.reopen, require_a_part, "Open it again", "is open again",
        "Why it is open again", lead="The days of the answer are counted anew from today.",
    )  # fmt: skip


def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whoever asked no longer does."""
    return _with_reason(
        request, key, services.withdraw, require_asks, "Withdraw it", "is withdrawn",
        "Why it is withdrawn", warning=True,
    )  # fmt: skip


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    return _with_reason(
        request, key, services.enter_in_error, require_recorded, "Entered in error",
        "is marked as entered in error", "What was wrong", warning=True,
        lead="It leaves every count, and nobody is reminded of it. It stays readable with your "
        "reason, and the other side is told. This cannot be undone.",
        button="Mark as entered in error",
    )  # fmt: skip


def _with_reason(
    request: HttpRequest,
    key: UUID,
    service: Callable[..., None],
    require: Callable[[Acting, Request], None],
    title: str,
    done: str,
    label: str,
    **more: Any,
) -> HttpResponse:
    found, acting = request_of(request, key), acting_of(request)
    require(acting, found)
    return save_form(
        request,
        posted(request, ReasonForm, label=label),
        partial(service, by=acting, request=found),
        done=lambda _: f"Request {found.number} {done}.\n{told(found, acting)}",
        title=title,
        **more,
        **about(found),
    )


def _said(found: Request, acting: Acting, first: str, was_silent: bool) -> str:
    """What was done; an answer before an acknowledgement is one, and that is said."""
    return "\n".join(filter(None, [first, ALSO if was_silent else "", told(found, acting)]))
