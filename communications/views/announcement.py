"""The page of one announcement, and its final file."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communications.presenters.announcement import AnnouncementPage
from communications.views.reached import announcement_of, way
from documents.storage import download
from parties.acting import acting_of


def announcement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Its line of time, who may see it, the drafts, what was said; once released, its text."""
    page = AnnouncementPage(announcement_of(request, public_id), acting_of(request))
    return render(request, "communications/announcement.jinja", {"page": page, "way": way()})


def final_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The final text as a PDF, for whoever may see the released announcement."""
    shown = announcement_of(request, public_id)
    if not shown.is_released or shown.release.file is None:
        raise Http404
    return download(shown.release.file, name=f"{shown.title}.pdf")
