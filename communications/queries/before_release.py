"""What looks odd when somebody is about to mark an announcement as released."""

from __future__ import annotations

from datetime import datetime, timedelta

from communications.models import Announcement, Comment
from nhsuk.dates import moment
from nhsuk.words import and_list, plural

# Nobody minds that a release planned for nine went out at half past eight.
EARLY = timedelta(hours=1)


def what_looks_odd(announcement: Announcement, released_at: datetime) -> list[str]:
    """Sentences; none where it went as it was planned and every comment has an answer."""
    return [*_early(announcement, released_at), *_open_comments(announcement)]


def _early(announcement: Announcement, released_at: datetime) -> list[str]:
    if released_at + EARLY >= announcement.planned_for:
        return []
    return [f"It is planned for {moment(announcement.planned_for)}, which is later."]


def _open_comments(announcement: Announcement) -> list[str]:
    """Those on the newest draft, after which its owner said nothing to that side."""
    newest = announcement.drafts.order_by("-number").first()
    said: dict[str, int] = {}
    rows = Comment.objects.filter(draft=newest).select_related("organisation")
    for comment in rows.prefetch_related("organisation__names"):
        side = comment.organisation.name
        is_answer = comment.by_organisation_id == announcement.owner_id
        said[side] = 0 if is_answer else said.get(side, 0) + 1
    sides = [side for side, waiting in said.items() if waiting]
    if not newest or not sides:
        return []
    number = sum(said.values())
    what = f"{plural(number, 'comment')} of {and_list(sides)} on draft {newest.number}"
    return [f"{what} {'has' if number == 1 else 'have'} no answer yet."]
