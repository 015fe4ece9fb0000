"""A final text that was released by mistake is put right; both stay in the record."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction

from agreements.core.telling import record
from communications.models import Announcement, Correction
from communications.queries.final_text import final_texts
from communications.rules import require_keeper
from communications.services.dates import concerned_of
from communications.services.locking import lock_with_agreements
from communications.services.sharing import PDF
from communications.services.telling import tell_all_named, tell_parties
from documents.storage import store
from house import clock
from house.refusals import Refused
from nhsuk.words import in_sentence
from parties.acting import Acting

KIND = "announcement_corrected"


def correct_final_text(
    *,
    by: Acting,
    announcement: Announcement,
    because: str,
    text: str = "",
    pdf: bytes | None = None,
) -> None:
    """From now on the parties see this text; the one before stays below it, with the reason.

    They are told, as they were of the release. Raises Refused before the release, and for what the
    final text is already.
    """
    require_keeper(by, announcement)
    if bool(text) == bool(pdf):
        raise Refused("Say what the right text is.", field="final")
    with transaction.atomic():
        current = lock_with_agreements(announcement)
        if not current.is_released:
            raise Refused("This announcement is not released, so its text is no final one yet.")
        now = final_texts(current.release)[0]
        if now.is_same(text, sha256(pdf or b"").hexdigest()):
            raise Refused("This is the final text already.", field="final")
        file = store(pdf, name="announcement.pdf", content_type=PDF) if pdf else None
        made = Correction.objects.create(
            release=current.release, text=text, file=file, because=because,
            corrected_by=by.who, at=clock.now(),
        )  # fmt: skip
        _tell(by, current, made)


def _tell(by: Acting, announcement: Announcement, made: Correction) -> None:
    what = in_sentence(announcement.get_kind_display())
    for concerned in concerned_of(announcement):
        record(by=by, verb=KIND, agreement=concerned.agreement, about=announcement,
               title=announcement.title, what=what, because=made.because)  # fmt: skip
    event = f"corrected:{made.pk}"
    told = tell_all_named(announcement, kind=KIND, event=event)
    tell_parties(announcement, kind=KIND, besides=told, event=event)
