"""Check a signed copy: open to everybody, and silent about what the file does not say."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.signing.checking import Finding, check_file
from agreements.signing.forms import CheckFileForm
from documents.uploads import bytes_from
from house.refusals import Refused

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
            finding = check_file(bytes_from(form.cleaned_data["file"]))
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
    context = {"form": form if form.errors else CheckFileForm(), "finding": finding}
    return render(request, "agreements/verify.jinja", context)


def _limit(request: HttpRequest) -> None:
    if not ratelimit.consume(request, app="agreements", action="verify", config={"verify": LIMIT}):
        raise Refused(TOO_MANY)
