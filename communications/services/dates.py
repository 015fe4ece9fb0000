"""The dates of an announcement, kept in step with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from communications.models import Announcement, ConcernedAgreement, TeamAsked
from communications.queries.agreements import BINDINGS, clause_key_of, sides_by_agreement
from communications.queries.readers import first_shares, press_teams, reached_at
from communications.rules import schedule, share_by_if_asked
from deadlines.holidays import holidays_of
from deadlines.models import Holiday
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from nhsuk.dates import moment
from nhsuk.words import plural
from parties.models import Role, Team

SHARE_BY = "press_share_by"
RELEASE = "announcement_release"
TEAM_ANSWER = "announcement_team"
# A team that is asked is told a day before its answer is due, and then.
BEFORE_ANSWER = ("hours:-24", "hours:0")
# By when it is due where no lead time says so: before the release.
DAY = timedelta(hours=24)
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
    _set_team_answers(announcement, rows)


def close_dates(announcement: Announcement, *, released: bool) -> None:
    """Nothing of it is due any more: it was released or withdrawn."""
    for concerned in concerned_of(announcement):
        cancel_deadline(**_subject(announcement, concerned))
    close = meet_deadline if released else cancel_deadline
    close(kind=RELEASE, subject_key=key_of(announcement))
    for asked in _awaited(announcement):
        cancel_deadline(kind=TEAM_ANSWER, subject_key=key_of_asked(asked))


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


def key_of_asked(asked: TeamAsked) -> str:
    """What the deadline of a team's answer is about."""
    return f"team_asked:{asked.pk}"


def _awaited(announcement: Announcement) -> Iterable[TeamAsked]:
    rows = TeamAsked.objects.filter(announcement=announcement, replaced_at=None, answer="")
    return rows.select_related("team").order_by("pk")


def _set_team_answers(announcement: Announcement, rows: Sequence[ConcernedAgreement]) -> None:
    """By the earliest lead time, else a day before the release; where that has passed, by it."""
    times = [row.share_by for row in rows if row.share_by]
    due_at = min(times, default=announcement.planned_for - DAY)
    for asked in _awaited(announcement):
        set_deadline(
            kind=TEAM_ANSWER,
            subject_key=key_of_asked(asked),
            due_at=due_at if due_at > clock.now() else announcement.planned_for,
            since=asked.asked_at,
            schedule=BEFORE_ANSWER,
            holders=_who_awaits(announcement, asked.team),
            references=[row.agreement.reference for row in rows],
        )


def _who_awaits(announcement: Announcement, team: Team) -> list[For]:
    """The team itself, where it is the owner's; else who waits for its answer: that there is a
    draft, nobody of another party learns at large."""
    owner = announcement.owner
    if team.organisation_id == owner.pk:
        return [For(owner, team=team)]
    return [For(owner, person=announcement.keeper)] if announcement.keeper else []
