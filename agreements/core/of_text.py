"""What the pages of the text share: how they find things, lead back, and take a refusal."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.reached import acting_of
from agreements.models import Agreement, SignatureRequest, Version
from house.refusals import NotYours, Refused
from nhsuk.forms import Form

Steps = list[tuple[str, str]]


def newest_of(request: HttpRequest, reference: str) -> Version:
    """The draft; while there is none the newest numbered version: a service then says why not."""
    versions = Version.objects.visible_to(acting_of(request)).select_related(
        "agreement__template_version", "based_on"
    )
    newest = versions.filter(agreement__reference=reference).order_by("-seq")[:1]
    return get_object_or_404(newest)


def version_of(request: HttpRequest, reference: str, seq: int) -> Version:
    versions = Version.objects.visible_to(acting_of(request)).select_related(
        "agreement__template_version", "author__person", "author_organisation", "based_on"
    )
    return get_object_or_404(versions, agreement__reference=reference, seq=seq)


def request_of(request: HttpRequest, reference: str, pk: int) -> SignatureRequest:
    asked = (
        SignatureRequest.objects.visible_to(acting_of(request))
        .select_related("version__agreement__template_version", "party", "person")
        .prefetch_related("party__spells__organisation__names")
    )
    return get_object_or_404(asked, version__agreement__reference=reference, pk=pk)


def page_of(version: Version) -> str:
    """The page of a version: the draft has its own."""
    reference = version.agreement.reference
    if version.is_draft:
        return reverse("agreements:text", args=[reference])
    return reverse("agreements:version", args=[reference, version.seq])


def steps(agreement: Agreement, version: Version | None = None) -> Steps:
    """The breadcrumbs of a page below the agreement's, or below a version's."""
    way = [
        ("Home", reverse("home")),
        ("Agreements", reverse("agreements:list")),
        (agreement.title, reverse("agreements:agreement", args=[agreement.reference])),
    ]
    if version is None:
        return way
    name = "Draft" if version.is_draft else f"Version {version.label}"
    return [*way, (name, page_of(version))]


def carried_out(request: HttpRequest, form: Form, act: Callable[..., object]) -> bool:
    """Whether the form was sent, is right, and the service did it. A refusal goes to the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


def show_refusal(form: Form, refusal: Refused) -> None:
    """At its field. What a role does not allow is no matter of the form: the page answers 403."""
    if isinstance(refusal, NotYours):
        raise refusal
    form.add_refusal(refusal)
