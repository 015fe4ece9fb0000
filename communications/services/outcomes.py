"""How an announcement goes on: its release is moved, it is withdrawn, or somebody says that it is
released, and from then on the parties see the final text. Never by the clock (A09)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from agreements.core.telling import record
from agreements.models import Access
from communications.models import (
    ANNOUNCEMENT_LIFECYCLE,
    Announcement,
    ConcernedAgreement,
    Draft,
    Move,
    Release,
    ReleasedTo,
)
from communications.rules import in_hours, notice, share_by_if_asked
from communications.services.dates import close_dates, concerned_of, keep_dates
from communications.services.locking import lock_open, note
from communications.services.planning import PASSED
from communications.services.sharing import PDF
from communications.services.teams import go_ahead
from communications.services.telling import tell_all_named, tell_parties
from documents.storage import read, store
from house import clock
from house.lifecycle import move
from house.refusals import Refused
from nhsuk.words import in_sentence
from parties.acting import Acting


def move_release(
    *, by: Acting, announcement: Announcement, planned_for: datetime, because: str
) -> None:
    """Plans the release for another time. Its dates and reminders move with it, and whoever has a
    draft is told. `planned_for` is aware."""
    if planned_for <= clock.now():
        raise Refused(PASSED, field="time")
    with transaction.atomic():
        current = lock_open(by, announcement)
        if current.planned_for == planned_for:
            raise Refused("The release is planned for this time already.", field="time")
        moved = Move.objects.create(
            announcement=current,
            moved_from=current.planned_for,
            moved_to=planned_for,
            because=because,
            moved_by=by.who,
            at=clock.now(),
        )
        current.planned_for = planned_for
        current.save(update_fields=["planned_for"])
        keep_dates(current)
        _note_what_became_short(current, because)
        note(by, "moved", current, planned_for=planned_for.isoformat())
        tell_all_named(current, kind="announcement_moved", event=f"move:{moved.pk}")


def _note_what_became_short(announcement: Announcement, because: str) -> None:
    """Where an earlier release leaves a party that has a draft with short notice, that is why."""
    for concerned in concerned_of(announcement):
        if concerned.reached_at and not concerned.met and not concerned.short_because:
            concerned.short_because = because
            concerned.save(update_fields=["short_because"])


def withdraw(*, by: Acting, announcement: Announcement, because: str) -> None:
    """It will not be released. Its drafts close to all but the owner's members; whoever had one
    is told."""
    with transaction.atomic():
        current = lock_open(by, announcement)
        move(
            current,
            "withdraw",
            lifecycle=ANNOUNCEMENT_LIFECYCLE,
            withdrawn_by=by.who,
            withdrawn_at=clock.now(),
            withdrawn_because=because,
        )
        close_dates(current, released=False)
        note(by, "withdrawn", current)
        tell_all_named(current, kind="announcement_withdrawn", event=f"withdrawn:{current.pk}")


SHORT = "Say why the notice was shorter than the MoU asks for."


def release(
    *,
    by: Acting,
    announcement: Announcement,
    released_at: datetime,
    text: str = "",
    pdf: bytes | None = None,
    because: str = "",
    without_team: str = "",
) -> Release:
    """Marks it as released, with the final text, which alone the parties see from now on (A09).

    `released_at` is aware and not in the future. The notice really given counts from it; where it
    is short, or no draft was ever shared, its reason is asked for (A10); and so it is where a team
    that was asked has not consented (D18). Raises Refused.
    """
    if bool(text) == bool(pdf):
        raise Refused("Say which text was released.", field="final")
    if released_at > clock.now():
        raise Refused("Enter when it was released: that cannot be in the future.", field="time")
    with transaction.atomic():
        current = lock_open(by, announcement)
        rows = _count_notice(current, released_at, because)
        go_ahead(current, without_team)
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
        _put_into_plans(current, made)
        close_dates(current, released=True)
        for concerned in rows:
            record(by=by, verb="announcement_released", agreement=concerned.agreement,
                   about=current, **_facts(current, concerned, released_at))  # fmt: skip
        kind = "announcement_released"
        told = tell_all_named(current, kind=kind, event=f"released:{current.pk}")
        tell_parties(current, kind=kind, besides=told)
    return made


def _put_into_plans(announcement: Announcement, made: Release) -> None:
    """From now on it stands in the plan of every party, beside its owner's."""
    touched = Access.objects.filter(agreement__announcements__announcement=announcement)
    parties = {announcement.owner_id, *touched.values_list("organisation", flat=True)}
    ReleasedTo.objects.bulk_create(
        ReleasedTo(
            organisation_id=organisation,
            announcement=announcement,
            is_own=organisation == announcement.owner_id,
            planned_for=announcement.planned_for,
            released_at=made.released_at,
        )
        for organisation in sorted(parties)
    )


def _count_notice(
    announcement: Announcement, released_at: datetime, because: str
) -> list[ConcernedAgreement]:
    """The lead time counts back from the release as it was."""
    rows = concerned_of(announcement)
    for concerned in rows:
        concerned.share_by = share_by_if_asked(released_at, concerned.lead_hours)
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
        not row.short_because and (row.reached_at is None or row.reached_at > due)
        for row in concerned_of(announcement)
        if (due := share_by_if_asked(now, row.lead_hours))
    )


def final_from(draft: Draft) -> dict[str, Any]:
    """A draft as the final text: typed, or the bytes of its PDF once more."""
    return {"pdf": read(draft.file)} if draft.file else {"text": draft.text}
