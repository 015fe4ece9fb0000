"""Somebody says that an announcement is released: from now on the parties see the final text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from agreements.core.record import record
from communications.models import (
    ANNOUNCEMENT_LIFECYCLE,
    Announcement,
    ConcernedAgreement,
    Draft,
    Release,
)
from communications.rules.lead import in_hours, notice, share_by
from communications.services.dates import close_dates, concerned_of
from communications.services.drafting import PDF
from communications.services.locking import lock_open
from communications.services.telling import tell_all_named, tell_parties
from documents.storage import read, store
from house import clock
from house.lifecycle import move
from house.refusals import Refused
from nhsuk.words import in_sentence
from parties.acting import Acting

SHORT = "Say why the notice was shorter than the MoU asks for."


def release(
    *,
    by: Acting,
    announcement: Announcement,
    released_at: datetime,
    text: str = "",
    pdf: bytes | None = None,
    because: str = "",
) -> Release:
    """Marks it as released, with the final text, which alone the parties see from now on (A09).

    `released_at` is aware and not in the future. The notice really given counts from it; where it
    is short, or no draft was ever shared, its reason is asked for (A10). Raises Refused.
    """
    if bool(text) == bool(pdf):
        raise Refused("Say which text was released.", field="final")
    if released_at > clock.now():
        raise Refused("Enter when it was released: that cannot be in the future.", field="time")
    with transaction.atomic():
        current = lock_open(by, announcement)
        rows = _count_notice(current, released_at, because)
        file = store(pdf, name="announcement.pdf", content_type=PDF) if pdf else None
        made = Release.objects.create(
            announcement=current,
            released_at=released_at,
            text=text,
            file=file,
            marked_by=by.who,
            marked_at=clock.now(),
        )
        move(current, "release", lifecycle=ANNOUNCEMENT_LIFECYCLE)
        close_dates(current, released=True)
        for concerned in rows:
            record(by=by, verb="announcement_released", agreement=concerned.agreement,
                   about=current, **_facts(current, concerned, released_at))  # fmt: skip
        kind = "announcement_released"
        told = tell_all_named(current, kind=kind, event=f"released:{current.pk}")
        tell_parties(current, kind=kind, besides=told)
    return made


def _count_notice(
    announcement: Announcement, released_at: datetime, because: str
) -> list[ConcernedAgreement]:
    """The lead time counts back from the release as it was."""
    rows = concerned_of(announcement)
    for concerned in rows:
        concerned.share_by = share_by(released_at, concerned.lead_hours)
        if not concerned.met and not (concerned.short_because or because):
            raise Refused(SHORT, field="because")
        if not concerned.met and because:
            concerned.short_because = because
        concerned.save(update_fields=["share_by", "short_because"])
    return rows


def _facts(
    announcement: Announcement, concerned: ConcernedAgreement, released_at: datetime
) -> dict[str, Any]:
    """For the timeline of one agreement, which both its parties read: nothing of the others."""
    given = notice(concerned.reached_at, released_at)
    said = f"{in_hours(given)} of notice" if given is not None else "no draft shared before"
    return {
        "title": announcement.title,
        "what": in_sentence(announcement.get_kind_display()),
        "notice": said,
        "because": "" if concerned.met else concerned.short_because,
    }


def would_need_reason(announcement: Announcement) -> bool:
    """Whether a release now would be short for a party, without a reason on record."""
    now = clock.now()
    return any(
        not row.short_because
        and (row.reached_at is None or row.reached_at > share_by(now, row.lead_hours))
        for row in concerned_of(announcement)
    )


def final_from(draft: Draft) -> dict[str, Any]:
    """A draft as the final text: typed, or the bytes of its PDF once more."""
    return {"pdf": read(draft.file)} if draft.file else {"text": draft.text}
