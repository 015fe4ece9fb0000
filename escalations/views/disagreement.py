"""One disagreement: opened, looked at, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.parties import parties_of, side_of, version_of_terms
from agreements.core.reached import agreement_of, steps
from agreements.models import Agreement
from escalations.forms.steps import BecauseForm, OpenForm
from escalations.models import Disagreement
from escalations.presenters.words import heading, page_of, with_others
from escalations.services.opening import open_disagreement
from escalations.services.settling import withdraw
from escalations.views.reached import answer, page_for, way_to
from house.refusals import NotYours
from nhsuk.words import noun
from parties.acting import acting_of
from web.carrying_out import carried_out


def disagreement(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Where it is, what each side wants, what is proposed, and what the reader can do."""
    page = page_for(request, reference, number)
    context = {"page": page, "disagreement": page.disagreement}
    context["way"] = way_to(page.disagreement, itself=False)
    return render(request, "escalations/disagreement.jinja", context)


def open_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Opens one on an agreement in force; with `after` it takes up again one that was closed."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    before = _before(request, agreement)
    form = OpenForm(request.POST or None, initial={"subject": before.subject if before else ""})
    made: list[Disagreement] = []

    def act(subject: str, wanted: str) -> None:
        made.append(
            open_disagreement(
                by=acting, agreement=agreement, subject=subject, wanted=wanted, follows=before
            )
        )

    if carried_out(request, form, act):
        messages.success(request, _opened(made[0]))
        return redirect(page_of(made[0]))
    terms = version_of_terms(agreement).typed_terms
    context = {
        "form": form,
        "agreement": agreement,
        "word": terms.disagreement_word,
        "a_word": noun(terms.disagreement_word),
        "levels": terms.levels,
        "with_others": with_others(parties_of(agreement), acting.organisation_id),
        "before": before,
        "way": steps(agreement),
    }
    return render(request, "escalations/open.jinja", context)


def withdraw_it(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The side that opened it ends it without an agreement."""
    page = page_for(request, reference, number)
    disagreement = page.disagreement
    page.reader.require_actor()
    if page.reader.party.pk != disagreement.opened_by_id:
        raise NotYours("Only the side that opened it can withdraw it.")

    def act(because: str) -> None:
        withdraw(by=page.reader.acting, disagreement=disagreement, because=because)

    def done() -> str:
        return f"{heading(disagreement.name)} is withdrawn.\nWe told both sides, with a way to why."

    form = BecauseForm(request.POST or None)
    return answer(request, page, form, act, template="withdraw", done=done)


def _before(request: HttpRequest, agreement: Agreement) -> Disagreement | None:
    """The closed one that is taken up again. Raises Http404 for a number that there is not."""
    number = request.GET.get("after", "")
    if not number:
        return None
    visible = Disagreement.objects.visible_to(acting_of(request)).select_related("version")
    found = visible.filter(
        agreement=agreement, number=int(number) if number.isdecimal() else 0
    ).first()
    if found is None:
        raise Http404
    return found


def _opened(disagreement: Disagreement) -> str:
    return (
        f"{heading(disagreement.name)} is open.\n"
        "We told those who act at its first level and the MoU managers.\n"
        "Next: the other side says what it wants, and either side makes a proposal."
    )
