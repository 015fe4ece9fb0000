"""The copies of an agreement: to download, to print, and to check."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agreements.core.reached import not_disposed, page_of, version_of
from agreements.models import Seal, Version
from agreements.signing.checking import Answer, Finding, check_file
from agreements.signing.forms import CheckFileForm
from agreements.signing.signed_copy import build_unsigned_copy
from documents.places import STRANGER
from documents.rendering import RenderingFailed
from documents.storage import attachment, download
from documents.uploads import bytes_from
from house import clock
from house.refusals import NotNow, Refused
from parties.acting import acting_of


def signed_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The final signed copy of the text in force; 404 as long as it is not there."""
    rows = _seals(request, reference).filter(version__state=Version.State.SIGNED)
    return _sealed(get_object_or_404(rows), f"{reference} final signed copy.pdf")


def signed_version(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """The final signed copy of one version: each text that was in force keeps its seal."""
    seal = get_object_or_404(_seals(request, reference), version__seq=seq)
    return _sealed(seal, f"{reference} version {seal.version.label} final signed copy.pdf")


def _seals(request: HttpRequest, reference: str) -> QuerySet[Seal]:
    visible = Seal.objects.visible_to(acting_of(request)).select_related(
        "file", "version__agreement"
    )
    return visible.filter(state=Seal.State.SEALED, version__agreement__reference=reference)


def _sealed(seal: Seal, name: str) -> HttpResponse:
    not_disposed(seal.version.agreement)
    if seal.file is None:
        raise Http404
    return download(seal.file, name=name)


def print_version(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """A version that is not signed as a PDF: to read, to circulate, to sign on paper."""
    version = version_of(request, reference, seq)
    if version.is_complete:
        return redirect("agreements:signed_version", reference, seq)
    try:
        pdf = build_unsigned_copy(version, made_at=clock.now())
    except RenderingFailed as problem:
        if problem.passing:
            raise NotNow(problem.sentence) from problem
        messages.error(request, problem.sentence)
        return redirect(page_of(version))
    label = f"version {version.label}" if version.label else "draft"
    return attachment(pdf, name=f"{reference} {label}.pdf", content_type="application/pdf")


# A look costs up to a second of work; nobody checks thirty copies in a minute by hand.
LIMIT = "30/m/ip"
TOO_MANY = "That were many files in a short time. Wait a minute, then check the next one."


def verify(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    form = CheckFileForm(request.POST, request.FILES) if sent else CheckFileForm()
    finding: Finding | None = None
    if form.is_valid():
        try:
            _limit(request)
            finding = check_file(bytes_from(form.cleaned_data["file"]), caller=STRANGER)
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
    context = {"form": form if form.errors else CheckFileForm(), "finding": finding}
    unchecked = finding is not None and finding.answer is Answer.UNCHECKED
    return render(request, "agreements/verify.jinja", context, status=503 if unchecked else 200)


def _limit(request: HttpRequest) -> None:
    if not ratelimit.consume(request, app="agreements", action="verify", config={"verify": LIMIT}):
        raise Refused(TOO_MANY)
