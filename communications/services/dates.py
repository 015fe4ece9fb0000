"""The dates of an announcement, kept in step with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from communications.models import Announcement, ConcernedAgreement
from communications.queries.agreements import BINDINGS, clause_key_of, sides_by_agreement
from communications.queries.readers import first_shares, press_teams, reached_at
from communications.rules import schedule, share_by_if_asked
from deadlines.holidays import holidays_of
from deadlines.models import Holiday
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from nhsuk.dates import moment
from nhsuk.words import plural
from parties.models import Role

SHARE_BY = "press_share_by"
RELEASE = "announcement_release"
# The release is over, and nobody has said so.
AFTER_RELEASE = ("hours:+1", "days:+1", "days:+7", "days:+14", "days:+28")


def keep_dates(announcement: Announcement) -> None:
    """Sets, moves, meets or cancels the dates of an open announcement after any change to it.

    Call it with the rows locked (`lock_open`).
    """
    holders, rows = _holders(announcement), concerned_of(announcement)
    sides = sides_by_agreement(row.agreement for row in rows)
    first, days = first_shares(announcement.pk), holidays_of(Holiday.Calendar.ENGLAND_AND_WALES)
    for row in rows:
        row.share_by = share_by_if_asked(announcement.planned_for, row.lead_hours)
        row.reached_at = reached_at(sides[row.agreement_id], announcement.owner_id, first)
        row.save(update_fields=["share_by", "reached_at"])
        if row.share_by is None or row.lead_hours is None:
            cancel_deadline(**_subject(announcement, row))
        elif row.reached_at is None:
            wanted = schedule(row.share_by, row.lead_hours, days)
            _set_share_by(announcement, row, holders, wanted)
        else:
            meet_deadline(**_subject(announcement, row))
    _set_release(announcement, rows, holders)


def close_dates(announcement: Announcement, *, released: bool) -> None:
    """Nothing of it is due any more: it was released or withdrawn."""
    for concerned in concerned_of(announcement):
        cancel_deadline(**_subject(announcement, concerned))
    close = meet_deadline if released else cancel_deadline
    close(kind=RELEASE, subject_key=key_of(announcement))


def drop_date(announcement: Announcement, concerned: ConcernedAgreement) -> None:
    """The announcement no longer touches this agreement."""
    cancel_deadline(**_subject(announcement, concerned))


def concerned_of(announcement: Announcement) -> list[ConcernedAgreement]:
    """The agreements it touches, in order of reference."""
    return list(
        announcement.concerned.select_related(
            "announcement", "agreement__in_force_version"
        ).order_by("agreement__reference")
    )


def key_of(announcement: Announcement) -> str:
    """What its deadlines are about."""
    return f"announcement:{announcement.pk}"


def _subject(announcement: Announcement, concerned: ConcernedAgreement) -> dict[str, Any]:
    return {
        "kind": SHARE_BY,
        "subject_key": key_of(announcement),
        "occurrence": concerned.agreement.reference,
    }


def _set_share_by(
    announcement: Announcement,
    concerned: ConcernedAgreement,
    holders: Sequence[For],
    wanted: Sequence[str],
) -> None:
    reference = concerned.agreement.reference
    set_deadline(
        **_subject(announcement, concerned),
        due_at=concerned.share_by,
        since=announcement.planned_at,
        schedule=wanted,
        holders=holders,
        references=[reference],
        clause_key=clause_key_of(concerned.agreement, BINDINGS[announcement.kind]),
        working=(
            f"Planned release {moment(announcement.planned_for)}, less "
            f"{plural(concerned.lead_hours or 0, 'hour')}, as the terms of {reference} ask."
        ),
    )


def _set_release(
    announcement: Announcement, rows: Iterable[ConcernedAgreement], holders: Sequence[For]
) -> None:
    set_deadline(
        kind=RELEASE,
        subject_key=key_of(announcement),
        due_at=announcement.planned_for,
        since=announcement.planned_at,
        schedule=AFTER_RELEASE,
        holders=holders,
        references=[concerned.agreement.reference for concerned in rows],
    )


def _holders(announcement: Announcement) -> list[For]:
    """Whoever planned it or followed them, the owner's press teams, its MoU managers; the other
    parties never."""
    owner = announcement.owner
    return [
        *([For(owner, person=announcement.keeper)] if announcement.keeper else []),
        *(For(owner, team=team) for team in press_teams([owner.pk])[owner.pk]),
        For(owner, role=Role.MANAGER),
    ]
