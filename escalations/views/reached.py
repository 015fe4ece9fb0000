"""How a view gets at a disagreement: through the wall, or not at all; and how it carries on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from escalations.models import Disagreement, Step
from escalations.presenters.page import DisagreementPage
from escalations.presenters.words import heading, page_of
from nhsuk.forms import Form
from parties.acting import acting_of
from web.carrying_out import carried_out

Way = list[tuple[str, str]]


def disagreement_of(request: HttpRequest, reference: str, number: int) -> Disagreement:
    """Raises Http404 for one that is not theirs to see."""
    visible = Disagreement.objects.visible_to(acting_of(request))
    with_terms = visible.select_related("agreement", "version", "follows__agreement")
    return get_object_or_404(with_terms, agreement__reference=reference, number=number)


def step_of(request: HttpRequest, disagreement: Disagreement, pk: int, kind: str) -> Step:
    """One of its steps. Raises Http404 for one that they may not see, or of another kind."""
    visible = Step.objects.visible_to(acting_of(request)).select_related("party")
    step = get_object_or_404(visible, disagreement=disagreement, pk=pk, kind=kind)
    step.disagreement = disagreement
    return step


def page_for(request: HttpRequest, reference: str, number: int) -> DisagreementPage:
    return DisagreementPage(disagreement_of(request, reference, number), acting_of(request))


def way_to(disagreement: Disagreement, *, itself: bool = True) -> Way:
    """The breadcrumbs of its page, or with `itself` of a page below it."""
    agreement = disagreement.agreement
    way = [
        ("Home", reverse("home")),
        ("Disagreements", reverse("escalations:list")),
        (agreement.title, reverse("agreements:agreement", args=[agreement.reference])),
    ]
    return [*way, (heading(disagreement.name), page_of(disagreement))] if itself else way


def moved_on(request: HttpRequest, page: DisagreementPage) -> HttpResponse | None:
    """The way back, with a sentence, for somebody whose page is older than the last move."""
    seen, now = request.POST.get("at_level"), page.disagreement
    if not seen or (seen == now.level and now.is_open):
        return None
    label = page.reader.level.label
    messages.error(
        request,
        f"Something happened meanwhile: this {now.word} is at the level “{label}”"
        f"{'' if now.is_open else f' and {now.get_state_display().lower()}'} now.",
    )
    return redirect(page_of(now))


def answer(
    request: HttpRequest,
    page: DisagreementPage,
    form: Form,
    act: Callable[..., object],
    *,
    template: str,
    done: Callable[[], str],
    **context: Any,
) -> HttpResponse:
    """Carries out what was sent and leads back with `done`, or shows the form."""
    if carried_out(request, form, act):
        messages.success(request, done())
        return redirect(page_of(page.disagreement))
    context |= {"form": form, "page": page, "disagreement": page.disagreement}
    context |= {"way": way_to(page.disagreement), "back": page_of(page.disagreement)}
    return render(request, f"escalations/{template}.jinja", context)
