from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from agreements.core.of_text import carried_out, steps
from agreements.core.parties import side_of
from agreements.core.reached import acting_of
from agreements.core.told import told_others
from agreements.models import RegisteredCopy, Seal
from agreements.register.forms.answering import AnswerForm
from agreements.register.pages import CopyPage
from agreements.register.services import say_of_copy
from documents.storage import download
from house.refusals import NotYours


@require_GET
def signed_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The final signed copy; 404 as long as it is not there."""
    seals = Seal.objects.visible_to(acting_of(request)).filter(state=Seal.State.SEALED)
    newest = seals.filter(version__agreement__reference=reference).order_by("-version__seq")
    seal = get_object_or_404(newest.select_related("file")[:1])
    if seal.file is None:
        raise Http404
    return download(seal.file, name=f"{reference} final signed copy.pdf")


@require_GET
def registered_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    copy = _copy(request, reference)
    return download(copy.file, name=f"{reference} registered copy.pdf")


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Another party confirms the registered copy, or says what is not right."""
    copy, acting = _copy(request, reference), acting_of(request)
    side_of(copy.agreement, acting)
    if copy.recorded_for_id == acting.organisation_id:
        raise NotYours("Your organisation registered this copy. The other party confirms it.")
    form = AnswerForm(request.POST or None)

    def say(reason: str, **_: object) -> None:
        say_of_copy(by=acting, copy=copy, agrees=form.agrees, reason=reason)

    if carried_out(request, form, say):
        done = (
            "You confirmed the registered copy." if form.agrees else "You said what is not right."
        )
        messages.success(request, f"{done}\n{told_others(copy.agreement, acting)}")
        return redirect("agreements:agreement", reference)
    context = {"form": form, "page": CopyPage(copy, acting), "way": steps(copy.agreement)}
    return render(request, "agreements/copy_answer.jinja", context)


def _copy(request: HttpRequest, reference: str) -> RegisteredCopy:
    copies = RegisteredCopy.objects.visible_to(acting_of(request)).select_related(
        "agreement", "file", "recorded_by__person", "recorded_for"
    )
    return get_object_or_404(copies, agreement__reference=reference)
