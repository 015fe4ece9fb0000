"""Drafts: typed or as a PDF, numbered, never overwritten."""

from __future__ import annotations

from django.db import transaction

from communications.models import Announcement, Draft
from communications.services.locking import lock_open, note
from documents.models import StoredFile
from documents.storage import store
from house import clock
from house.refusals import Refused
from parties.acting import Acting

PDF = "application/pdf"


def add_draft(
    *, by: Acting, announcement: Announcement, text: str = "", pdf: bytes | None = None
) -> Draft:
    """Adds the next draft. Nobody of another party sees it before it is shared with them.

    `pdf` was looked at already (documents.uploads). Raises Refused for neither or both, and for
    what the newest draft says already.
    """
    if bool(text) == bool(pdf):
        raise Refused("Type the text or choose a PDF, not both.", field="text")
    with transaction.atomic():
        current = lock_open(by, announcement)
        newest = newest_draft(current)
        file = _stored(pdf, newest) if pdf else None
        if newest and text and newest.text == text:
            raise Refused(f"This is word for word draft {newest.number}.", field="text")
        draft = Draft.objects.create(
            announcement=current,
            number=newest.number + 1 if newest else 1,
            text=text,
            file=file,
            made_by=by.who,
            made_at=clock.now(),
        )
        note(by, "draft_added", current, number=draft.number)
    return draft


def newest_draft(announcement: Announcement) -> Draft | None:
    return announcement.drafts.order_by("-number").first()


def _stored(pdf: bytes, newest: Draft | None) -> StoredFile:
    """Under a name that says nothing: lists of files are open to administrators."""
    file = store(pdf, name="draft.pdf", content_type=PDF)
    if newest and newest.file and newest.file.sha256 == file.sha256:
        raise Refused(f"This is the very file of draft {newest.number}.", field="pdf")
    return file
