"""How a view gets at an announcement or a draft, through the wall, and how it goes on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.core.reached import not_disposed
from agreements.models import Agreement
from communications.models import Announcement, Draft
from communications.presenters.words import url_of
from communications.rules import require_keeper
from documents.uploads import pdf_from
from house.goes import GONE
from house.refusals import Refused
from parties.acting import Acting, acting_of
from web.way import About, Steps


def announcement_of(request: HttpRequest, public_id: uuid.UUID) -> Announcement:
    """The announcement. Raises Http404 for one that is not theirs to see."""
    visible = Announcement.objects.visible_to(acting_of(request)).select_related(
        "owner", "planned_by__person", "withdrawn_by__person", "release__marked_by__person"
    )
    found = get_object_or_404(visible.prefetch_related("owner__names"), public_id=public_id)
    return _readable(found, acting_of(request))


def _readable(announcement: Announcement, acting: Acting) -> Announcement:
    """Raises DisposedOf for one whose words are gone: its reader is led to an MoU that it was
    about."""
    if announcement.title == GONE:
        rows = Agreement.objects.visible_to(acting).filter(announcements__announcement=announcement)
        for agreement in rows.order_by("reference")[:1]:
            not_disposed(agreement)
    return announcement


def draft_of(request: HttpRequest, public_id: uuid.UUID, number: int) -> Draft:
    """A draft. Raises Http404 for one that is not theirs to see."""
    visible = Draft.objects.visible_to(acting_of(request)).select_related(
        "announcement__owner", "made_by__person", "file"
    )
    rows = visible.prefetch_related("announcement__owner__names")
    found = get_object_or_404(rows, announcement__public_id=public_id, number=number)
    _readable(found.announcement, acting_of(request))
    return found


def for_keepers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the announcement in the place of its id, for its keepers alone.

    Strangers get 404, readers 403; once it is released or withdrawn its own page says so.
    """

    @wraps(view)
    def with_announcement(request: HttpRequest, public_id: uuid.UUID, **more: Any) -> HttpResponse:
        announcement = announcement_of(request, public_id)
        require_keeper(acting_of(request), announcement)
        if request.method != "POST" and not announcement.is_open:
            return redirect(url_of(announcement))
        return view(request, announcement, **more)

    return with_announcement


def way(announcement: Announcement | None = None) -> Steps:
    """The breadcrumbs of a page below the list, or below an announcement's."""
    steps = [("Home", reverse("home")), ("Announcements", reverse("announcements:list"))]
    return [*steps, (announcement.title, url_of(announcement))] if announcement else steps


def about(announcement: Announcement) -> About:
    """What each form about one announcement shares."""
    to = url_of(announcement)
    return {"caption": announcement.title, "way": way(announcement), "to": to}


def pdf_bytes(upload: UploadedFile | None, *, field: str) -> bytes | None:
    """The bytes of an upload, looked at; None for none. What is wrong is said at its field."""
    if upload is None:
        return None
    try:
        return pdf_from(upload)
    except Refused as refusal:
        refusal.field = field
        raise
