"""How an announcement goes on: its release is moved, it is withdrawn, or somebody says that it is
released. Never by the clock (A09)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communications.models import ANNOUNCEMENT_LIFECYCLE, Announcement, Move
from communications.record import note
from communications.services.dates import close_dates, concerned_of, keep_dates
from communications.services.locking import lock_open
from communications.services.planning import PASSED
from communications.services.telling import tell_all_named
from house import clock
from house.lifecycle import move
from house.refusals import Refused
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
