"""The line of time of an announcement: now, share by, planned release, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from communications.models import Announcement, ConcernedAgreement
from communications.presenters.words import lead_time, why_short
from communications.queries.parties import Sides, others_of
from communications.rules.lead import in_hours, notice
from house import clock
from nhsuk.components import Tag
from nhsuk.words import and_list


@dataclass(frozen=True)
class Moment:
    """One point on the line. `note` says what is missing or done; `is_now` marks the present."""

    label: str
    at: datetime
    note: str = ""
    tag: Tag | None = None
    is_now: bool = False
    is_past: bool = False


def line_of_time(
    announcement: Announcement, concerned: Sequence[ConcernedAgreement], sides: Sides
) -> list[Moment]:
    """The points in order of time. Once it is released or withdrawn the present is left out."""
    now = clock.now()
    points = [*_share_bys(announcement, concerned, sides, now), _end(announcement, now)]
    if announcement.is_open:
        points.append(Moment("Now", now, is_now=True))
    return sorted(points, key=lambda point: (point.at, point.is_now))


def others_in_words(rows: Sequence[ConcernedAgreement], sides: Sides, owner_id: int) -> str:
    """ "Eastmoor CCG and Westmoor CCG": the other parties of these agreements, each once."""
    parties = [party for row in rows for party in sides[row.agreement_id]]
    return and_list(organisation.name for organisation in others_of(parties, owner_id))


def _share_bys(
    announcement: Announcement,
    concerned: Sequence[ConcernedAgreement],
    sides: Sides,
    now: datetime,
) -> list[Moment]:
    """One point for the agreements of one lead time that stand alike."""
    alike: dict[tuple[datetime, datetime | None], list[ConcernedAgreement]] = defaultdict(list)
    for row in concerned:
        alike[row.share_by, row.reached_at].append(row)
    found = []
    for (at, _), rows in alike.items():
        who = others_in_words(rows, sides, announcement.owner_id)
        note, tag = _how_it_stands(announcement, rows[0], now)
        label = f"Share by, with {who}: {lead_time(rows[0])} before release"
        found.append(Moment(label, at, note, tag, is_past=at <= now))
    return found


def _how_it_stands(
    announcement: Announcement, row: ConcernedAgreement, now: datetime
) -> tuple[str, Tag | None]:
    release = announcement.release.released_at if announcement.is_released else None
    given = notice(row.reached_at, release or announcement.planned_for)
    if given is not None:
        tag = Tag("In time", "green") if row.met else Tag("Short notice", "yellow")
        return f"Shared {in_hours(given)} before release. {why_short(row)}".strip(), tag
    if announcement.is_released:
        return f"No draft was shared. {why_short(row)}".strip(), Tag("Missed", "red")
    if not announcement.is_open:
        return "No draft was shared.", None
    if row.share_by <= now:
        return f"Not shared yet, {in_hours(now - row.share_by)} late.", Tag("Missed", "red")
    return f"Not shared yet, {in_hours(row.share_by - now)} left.", Tag("To do", "blue")


def _end(announcement: Announcement, now: datetime) -> Moment:
    planned = announcement.planned_for
    if announcement.is_released:
        return Moment("Released", announcement.release.released_at, is_past=True)
    if announcement.withdrawn_at:
        return Moment("Withdrawn", announcement.withdrawn_at, is_past=True)
    if planned <= now:
        note = "Not marked as released. The parties see nothing before somebody marks it."
        return Moment("Planned release", planned, note, Tag("Passed", "red"), is_past=True)
    return Moment("Planned release", planned, f"In {in_hours(planned - now)}.")
