"""What happened to an announcement, the newest first, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communications.models import Announcement, Draft, Move, Share
from communications.presenters.words import kind_of
from nhsuk.components import TimelineEntry
from nhsuk.dates import moment


def story_of(
    announcement: Announcement,
    drafts: Sequence[Draft],
    shares: Sequence[Share],
    moves: Sequence[Move],
    *,
    own: bool,
) -> list[TimelineEntry]:
    """`own`: the reader's organisation announces it. Others hear nothing of the planning."""
    entries = [*_of_shares(shares), *_of_moves(moves), *_end(announcement)]
    if own:
        entries += [*_of_drafts(drafts), _planned(announcement)]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def _planned(announcement: Announcement) -> TimelineEntry:
    who = announcement.planned_by
    return TimelineEntry(announcement.planned_at, f"{who} planned this {kind_of(announcement)}.")


def _of_drafts(drafts: Sequence[Draft]) -> Iterator[TimelineEntry]:
    for draft in drafts:
        yield TimelineEntry(draft.made_at, f"{draft.made_by} added draft {draft.number}.")


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
