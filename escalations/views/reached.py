"""How a view gets at a disagreement: through the wall, or not at all; and how it carries on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.core.reached import not_disposed
from escalations.models import Disagreement, Step
from escalations.presenters.page import DisagreementPage
from escalations.presenters.words import heading, page_of
from escalations.rules.who import ReaderRights
from nhsuk.forms import Form
from parties.acting import acting_of
from web.carrying_out import save_form
from web.way import Steps

View = Callable[..., HttpResponse]


def page_for(request: HttpRequest, reference: str, number: int) -> DisagreementPage:
    """Raises Http404 for one that is not theirs to see."""
    visible = Disagreement.objects.visible_to(acting_of(request))
    with_terms = visible.select_related("agreement", "version", "follows__agreement")
    found = get_object_or_404(with_terms, agreement__reference=reference, number=number)
    not_disposed(found.agreement)
    return DisagreementPage(found, acting_of(request))


def acts_on(
    must: Callable[[ReaderRights], object], kind: str = "", *, at_level: bool = False
) -> Callable[[View], View]:
    """Gives the view the page of the disagreement, and with `kind` the step of the address, once
    `must` found that the reader may do this. `at_level`: its form carries the level that it showed,
    and where it is older than the last move, its sender is led back.

    Raises Http404 for what they may not see and for a step of another kind, NotYours.
    """

    def of_view(view: View) -> View:
        @wraps(view)
        def with_page(
            request: HttpRequest, reference: str, number: int, **more: Any
        ) -> HttpResponse:
            page = page_for(request, reference, number)
            if kind:
                more["step"] = _step_of(page, more.pop("pk"), kind)
            if at_level and _has_moved_on(request, page):
                return redirect(page_of(page.disagreement))
            must(page.reader)
            return view(request, page, **more)

        return with_page

    return of_view


def _step_of(page: DisagreementPage, pk: int, kind: str) -> Step:
    visible = Step.objects.visible_to(page.acting).select_related("party")
    step = get_object_or_404(visible, disagreement=page.disagreement, pk=pk, kind=kind)
    step.disagreement = page.disagreement
    return step


def _has_moved_on(request: HttpRequest, page: DisagreementPage) -> bool:
    """Whether the form that was sent is older than the last move, and says so."""
    seen, now = request.POST.get("at_level"), page.disagreement
    if not seen or (seen == now.level and now.is_open):
        return False
    label = page.reader.level.label
    messages.error(
        request,
        f"Something happened meanwhile: this {now.word} is at the level “{label}”"
        f"{'' if now.is_open else f' and {now.get_state_display().lower()}'} now.",
    )
    return True


def way_to(disagreement: Disagreement) -> Steps:
    """The breadcrumbs of its page."""
    agreement = disagreement.agreement
    return [
        ("Home", reverse("home")),
        ("Disagreements", reverse("escalations:list")),
        (agreement.title, reverse("agreements:agreement", args=[agreement.reference])),
    ]


def answer(
    request: HttpRequest,
    page: DisagreementPage,
    form: Form,
    act: Callable[..., object],
    *,
    template: str,
    done: Callable[[Any], str],
    **context: Any,
) -> HttpResponse:
    """Carries out what was sent and leads back with `done`, or shows the form in its frame."""
    disagreement, to = page.disagreement, page_of(page.disagreement)
    return save_form(
        request,
        form,
        act,
        done=done,
        to=to,
        template=f"escalations/{template}.jinja",
        page=page,
        disagreement=disagreement,
        way=[*way_to(disagreement), (heading(disagreement.name), to)],
        **context,
    )
