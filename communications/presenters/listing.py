"""The forward plan and the register as records of the design system's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from communications.models import ConcernedAgreement
from communications.presenters.todos import url_of
from communications.presenters.words import (
    embargo_tag,
    lead_time,
    notice_in_words,
    notice_tag,
    state_tag,
    when,
)
from communications.queries.listing import Listed
from communications.queries.register import OfAgreement, Share
from nhsuk.components import Cell, Column, Link
from nhsuk.words import plural

COLUMNS = [Column("Announcement"), Column("State"), Column("Release"), Column("Notice")]
REGISTER_COLUMNS = [
    Column("Agreement"),
    Column("By us", numeric=True),
    Column("By others", numeric=True),
    Column("Together", numeric=True),
]


def rows(listed: Sequence[Listed]) -> list[list[Cell]]:
    return [_row(each) for each in listed]


def _row(listed: Listed) -> list[Cell]:
    announcement = listed.announcement
    references = ", ".join(each.agreement.reference for each in listed.concerned)
    what = f"{announcement.get_kind_display()} of {announcement.owner}"
    return [
        Cell(
            announcement.title,
            href=url_of(announcement),
            tag=embargo_tag(announcement),
            under=f"{what}, {references}" if references else what,
        ),
        Cell(tag=state_tag(announcement)),
        Cell(when(announcement)),
        _notice(listed),
    ]


def _notice(listed: Listed) -> Cell:
    """Of several agreements the one with the least."""
    if not listed.concerned:
        return Cell("")
    announcement = listed.announcement
    least = min(listed.concerned, key=_order)
    others = len(listed.concerned) - 1
    more = f", least of {plural(others + 1, 'agreement')}" if others else ""
    return Cell(
        notice_in_words(least, announcement),
        tag=notice_tag(least, announcement),
        under=f"Lead time {lead_time(least)}{more}",
    )


def _order(concerned: ConcernedAgreement) -> tuple[bool, float]:
    """Those that were never reached first, then by how far the share-by time was passed."""
    if concerned.reached_at is None:
        return (False, concerned.share_by.timestamp())
    return (True, (concerned.share_by - concerned.reached_at).total_seconds())


def counted(counts: Mapping[str, int], *, narrowed: bool) -> str:
    """ "12 announcements, 3 of them still to come"; when narrowed, how many of how many."""
    everything = plural(counts["all"], "announcement")
    if narrowed:
        return f"{counts['matching']:,} of {everything}"
    if not counts["coming"]:
        return f"{everything}, none still to come"
    return f"{everything}, {counts['coming']:,} still to come"


def register_rows(listed: Sequence[OfAgreement], total: OfAgreement) -> list[list[Cell]]:
    """A row for each agreement, the total last."""
    return [
        *(
            [
                Cell(
                    row.title,
                    href=reverse("agreements:agreement", args=[row.reference]),
                    under=row.reference,
                ),
                *_shares(row),
            ]
            for row in listed
        ),
        [Cell(total.title), *_shares(total)],
    ]


def _shares(row: OfAgreement) -> list[Cell]:
    return [Cell(in_words(each)) for each in (row.ours, row.theirs, row.both)]


def in_words(share: Share) -> str:
    """ "2 of 3 (66%)"."""
    return f"{share.met:,} of {share.of:,} ({share.percent}%)" if share.of else "None released"


def as_month(year: int, month: int) -> Link:
    return Link("By month", reverse("announcements:month", args=[year, month]))
