"""What is said of a request: how far help goes, who answers it, whether a step is right."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.core.choices import people_of
from agreements.core.confirming import ConfirmationForm, require_other_side
from parties.acting import acting_of
from performance.forms.steps import PersonForm, TextForm
from performance.models import RequestStep
from performance.rules.who import require_a_part, require_answers
from performance.services import saying
from performance.views.pages import about, request_of
from performance.views.steps import plain_of, told
from web.carrying_out import posted, save_form


def extent(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far help with a practice visit goes (A20)."""
    found, acting = plain_of(request, key), acting_of(request)
    require_a_part(acting, found)
    return save_form(
        request,
        posted(request, TextForm, label="How far the help goes, as you agreed it"),
        partial(saying.agree_extent, by=acting, request=found),
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
        saying.name_person(by=acting, request=found, person=people.get(person))

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
        saying.say(by=acting, request=found, step=step, agrees=form.agrees, because=because)

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
