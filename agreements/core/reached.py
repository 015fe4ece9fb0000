"""How pages get at what a request names, through the wall or not at all, and lead back."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.counted import with_counted
from agreements.core.parties import parties_of
from agreements.models import Agreement, Change, Confirmation, CopyChange, SignatureRequest, Version
from house.rooms import rooms
from nhsuk.words import capital
from parties.acting import acting_of
from web.way import About, Steps


class DisposedOf(Exception):
    """What a page is about was disposed of: whoever asks for it is led to what is left."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(agreement.reference)
        self.url = reverse("agreements:agreement", args=[agreement.reference])


def not_disposed(agreement: Agreement) -> Agreement:
    """The same agreement. Raises DisposedOf for one that is a stub."""
    if agreement.is_disposed:
        raise DisposedOf(agreement)
    return agreement


def agreement_of(
    request: HttpRequest, reference: str, *and_with: str, counted: bool = False
) -> Agreement:
    """The agreement with this reference, and with these rows that it leads to; with what all rooms
    count of it where a page asks them all. Raises Http404 for one that is not theirs to see, and
    DisposedOf for one of which a stub is left."""
    return not_disposed(agreement_or_stub(request, reference, *and_with, counted=counted))


def agreement_or_stub(
    request: HttpRequest, reference: str, *and_with: str, counted: bool = False
) -> Agreement:
    """The same for the one page that shows what is left of it."""
    acting = acting_of(request)
    visible: QuerySet[Agreement] = Agreement.objects.visible_to(acting)
    if counted:
        visible = with_counted(visible, acting)
    copy = ("registered_copy__file__repair__original", "registered_copy__recorded_by__person")
    of_copy = {"copy__agreement": OuterRef("pk")}
    rows = visible.select_related("in_force_version", *copy, *and_with).annotate(
        # Most copies were never changed: their pages need not ask for what was.
        copy_is_changed=Exists(CopyChange.objects.filter(**of_copy)),
        copy_is_confirmed=Exists(Confirmation.objects.filter(agrees=True, **of_copy)),
        # So most were never changed, extended or ended.
        has_changes=Exists(Change.objects.filter(agreement=OuterRef("pk"))),
        **{name: each for room in rooms() for name, each in room.marks().items()},
    )
    return get_object_or_404(rows, reference=reference)


def newest_of(request: HttpRequest, reference: str) -> Version:
    """The draft; while there is none the newest numbered version: a service then says why not."""
    versions = Version.objects.visible_to(acting_of(request)).select_related(
        "agreement__template_version", "based_on"
    )
    rows = versions.filter(agreement__reference=reference).exclude(state="given_up")
    newest = rows.order_by("-seq")[:1]
    return _of_readable(get_object_or_404(newest))


def version_of(request: HttpRequest, reference: str, seq: int) -> Version:
    # Not its author too: PostgreSQL plans a join of eight tables for longer than a page may take.
    versions = Version.objects.visible_to(acting_of(request)).select_related(
        "agreement__template_version"
    )
    return _of_readable(get_object_or_404(versions, agreement__reference=reference, seq=seq))


def _of_readable(version: Version) -> Version:
    not_disposed(version.agreement)
    return version


def numbered_of(request: HttpRequest, reference: str, seq: int) -> Version:
    """A version that has a number: nobody sends, decides, recalls or signs a draft."""
    version = version_of(request, reference, seq)
    if not version.label:
        raise Http404
    return version


def request_of(request: HttpRequest, reference: str, pk: int) -> SignatureRequest:
    """Somebody's signature that is asked for, with its party as all of the agreement have it."""
    visible = SignatureRequest.objects.visible_to(acting_of(request))
    asked = visible.select_related("version__agreement__template_version", "person")
    found = get_object_or_404(asked, version__agreement__reference=reference, pk=pk)
    not_disposed(found.version.agreement)
    sides = parties_of(found.version.agreement)
    found.party = next(party for party in sides if party.pk == found.party_id)
    return found


def page_of(version: Version) -> str:
    """The page of a version: the draft has its own."""
    reference = version.agreement.reference
    if version.is_draft:
        return reverse("agreements:text", args=[reference])
    return reverse("agreements:version", args=[reference, version.seq])


def subpage_url(reference: str, key: str) -> str:
    """The path of a page of an agreement beside its overview: "kept", "people"."""
    return reverse("agreements:subpage", args=[reference, key])


def steps(agreement: Agreement, version: Version | None = None) -> Steps:
    """The breadcrumbs of a page below the agreement's, or below a version's."""
    way = [
        ("Home", reverse("home")),
        ("Agreements", reverse("agreements:list")),
        (agreement.title, reverse("agreements:agreement", args=[agreement.reference])),
    ]
    if version is None:
        return way
    name = "Draft" if version.is_draft else capital(version.name)
    return [*way, (name, page_of(version))]


def about_version(version: Version) -> About:
    """What each form about a version shares."""
    agreement = version.agreement
    return About(caption=agreement.full_title, way=steps(agreement, version), to=page_of(version))
