"""An announcement in time: its line from plan to release, and what happened to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from communications.models import Announcement, ConcernedAgreement, Draft, Move, Share
from communications.presenters.words import kind_of, lead_time, released_or_planned, why_short
from communications.queries.agreements import Sides, others_of
from communications.queries.final_text import FinalText
from communications.rules import in_hours, notice
from house import clock
from nhsuk.components import RailStep, Tag, TimelineEntry
from nhsuk.dates import moment
from nhsuk.words import and_list

# A moment, and how it stands on the line.
Point = tuple[datetime, RailStep]


def line_of_time(
    announcement: Announcement, concerned: Sequence[ConcernedAgreement], sides: Sides
) -> list[RailStep]:
    """The points in order of time. Once it is released or withdrawn the present is left out."""
    now = clock.now()
    points = [*_share_bys(announcement, concerned, sides, now), _last(announcement, now)]
    if announcement.is_open:
        points.append((now, RailStep("Now", "here", time=f"{moment(now)}.")))
    return [step for _, step in sorted(points, key=_in_order)]


def _in_order(point: Point) -> tuple[datetime, bool]:
    at, step = point
    return at, step.standing == "here"


def others_in_words(rows: Sequence[ConcernedAgreement], sides: Sides, owner_id: int) -> str:
    """ "Eastmoor CCG and Westmoor CCG": the other parties of these agreements, each once."""
    parties = [party for row in rows for party in sides[row.agreement_id]]
    return and_list(organisation.name for organisation in others_of(parties, owner_id))


def _share_bys(
    announcement: Announcement,
    concerned: Sequence[ConcernedAgreement],
    sides: Sides,
    now: datetime,
) -> list[Point]:
    """One point for the agreements of one lead time that stand alike."""
    alike: dict[tuple[datetime, datetime | None], list[ConcernedAgreement]] = defaultdict(list)
    for row in concerned:
        if row.share_by:
            alike[row.share_by, row.reached_at].append(row)
    found = []
    for (at, _), rows in alike.items():
        who = others_in_words(rows, sides, announcement.owner_id)
        note, tag = _how_it_stands(announcement, rows[0], at, now)
        label = f"Share by, with {who}: {lead_time(rows[0])} before release"
        step = RailStep(label, "past" if at <= now else "to come", tag, f"{moment(at)}.", note)
        found.append((at, step))
    return found


def _how_it_stands(
    announcement: Announcement, row: ConcernedAgreement, by: datetime, now: datetime
) -> tuple[str, Tag | None]:
    given = notice(row.reached_at, released_or_planned(announcement))
    if given is not None:
        tag = Tag("In time", "green") if row.met else Tag("Short notice", "yellow")
        return f"Shared {in_hours(given)} before release. {why_short(row)}".strip(), tag
    if announcement.is_released:
        return f"No draft was shared. {why_short(row)}".strip(), Tag("Missed", "red")
    if not announcement.is_open:
        return "No draft was shared.", None
    if by <= now:
        return f"Not shared yet, {in_hours(now - by)} late.", Tag("Missed", "red")
    return f"Not shared yet, {in_hours(by - now)} left.", Tag("To do", "blue")


def _last(announcement: Announcement, now: datetime) -> Point:
    at, step = announcement.planned_for, RailStep("Planned release")
    if announcement.is_released:
        at, step = announcement.release.released_at, RailStep("Released", "past")
    elif announcement.withdrawn_at:
        at, step = announcement.withdrawn_at, RailStep("Withdrawn", "past")
    elif at <= now:
        said = "Not marked as released. The parties see nothing before somebody marks it."
        step = replace(step, standing="past", tag=Tag("Passed", "red"), said=said)
    else:
        step = replace(step, said=f"In {in_hours(at - now)}.")
    return at, replace(step, time=f"{moment(at)}.")


def story_of(
    announcement: Announcement,
    drafts: Sequence[Draft],
    shares: Sequence[Share],
    moves: Sequence[Move],
    texts: Sequence[FinalText],
    *,
    own: bool,
) -> list[TimelineEntry]:
    """`own`: the reader's organisation announces it. Others hear nothing of the planning."""
    entries = [*_of_shares(shares), *_of_moves(moves), *_end(announcement), *_corrected(texts)]
    if own:
        entries += _of_owner(announcement, drafts)
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def _of_owner(announcement: Announcement, drafts: Sequence[Draft]) -> Iterator[TimelineEntry]:
    for draft in drafts:
        yield TimelineEntry(draft.made_at, f"{draft.made_by} added draft {draft.number}.")
    planned = f"{announcement.planned_by} planned this {kind_of(announcement)}."
    yield TimelineEntry(announcement.planned_at, planned)


def _of_shares(shares: Sequence[Share]) -> Iterator[TimelineEntry]:
    for share in shares:
        what = f"draft {share.draft.number} with {share.reader}, {share.organisation}"
        yield TimelineEntry(share.shared_at, f"{share.shared_by} shared {what}.")
        if share.ended_at:
            back = f"draft {share.draft.number} back from {share.reader}, {share.organisation}"
            yield TimelineEntry(share.ended_at, f"{share.ended_by} took {back}.")


def _of_moves(moves: Sequence[Move]) -> Iterator[TimelineEntry]:
    for each in moves:
        title = (
            f"{each.moved_by} moved the release from {moment(each.moved_from)} "
            f"to {moment(each.moved_to)}."
        )
        yield TimelineEntry(each.at, title, detail=each.because)


def _end(announcement: Announcement) -> Iterator[TimelineEntry]:
    if announcement.is_released:
        release = announcement.release
        title = f"{release.marked_by} marked it as released at {moment(release.released_at)}."
        yield TimelineEntry(release.marked_at, title)
    if announcement.withdrawn_at:
        title = f"{announcement.withdrawn_by} withdrew it."
        detail = announcement.withdrawn_because
        yield TimelineEntry(announcement.withdrawn_at, title, detail=detail)


def _corrected(texts: Sequence[FinalText]) -> Iterator[TimelineEntry]:
    for each in texts[:-1]:
        yield TimelineEntry(each.at, f"{each.by} corrected the final text.", detail=each.because)
