"""What stands between the owner of an announcement and being in time, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from communications.models import Announcement, ConcernedAgreement, Draft, Share
from communications.presenters.line import others_in_words
from communications.queries.parties import Sides
from house import clock
from nhsuk.components import Action, Link

SHARE = ("Share the draft", "share")
ADD = ("Add a draft", "draft_add")
RELEASE = ("Mark as released", "release")
REST = (("Edit", "edit"), ("Move", "move"), ("Withdraw", "withdraw"))


def is_passed(announcement: Announcement) -> bool:
    """Whether its planned release has passed and nobody has said what came of it."""
    return announcement.is_open and announcement.planned_for <= clock.now()


def missing_of(
    announcement: Announcement,
    concerned: Sequence[ConcernedAgreement],
    sides: Sides,
    drafts: Sequence[Draft],
    shares: Sequence[Share],
) -> list[str]:
    """What is missing, as sentences; `drafts` stand with the newest first."""
    found = []
    waiting = [row for row in concerned if row.reached_at is None]
    if not drafts:
        found.append("There is no draft yet. Add one, then share it.")
    elif waiting:
        who = others_in_words(waiting, sides, announcement.owner_id)
        found.append(f"Share a draft with {who}.")
    elif not any(s.draft_id == drafts[0].pk and s.ended_at is None for s in shares):
        found.append(f"Draft {drafts[0].number} is newer than what the other side has.")
    if is_passed(announcement):
        found.append("The planned release has passed. Say what came of it.")
    return found


def buttons_of(
    announcement: Announcement, url: Callable[[str], str], *, has_draft: bool
) -> list[Action]:
    """For its keepers the main action and marking the release; each leads to a page of its own."""
    main = RELEASE if is_passed(announcement) else SHARE if has_draft else ADD
    second = [] if main == RELEASE else [RELEASE]
    return [
        Action(main[0], url(main[1])),
        *(Action(text, url(name), kind="secondary") for text, name in second),
    ]


def links_of(
    announcement: Announcement, url: Callable[[str], str], *, has_draft: bool
) -> list[Link]:
    """What else its keepers can do, the dangerous one last."""
    more = [ADD] if has_draft else []
    if is_passed(announcement):
        more = [SHARE, ADD] if has_draft else [ADD]
    return [Link(text, url(name)) for text, name in (*more, *REST)]
