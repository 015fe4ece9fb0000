"""Lead times in clock hours: by when a draft has to be with the other parties; and who may do what.

Everything is counted in UTC, so that 24 hours are 24 hours across a change of the clocks too (A07,
A08, A10).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from agreements.core.parties import require_role
from agreements.terms import LeadTimes
from communications.models import Announcement
from deadlines.rules.offsets import Due, counted
from house.clock import london_day
from house.refusals import NotYours
from nhsuk.words import plural
from parties.acting import Acting
from parties.who import DRAFTERS

BEFORE = ("eve", "hours:-24", "hours:-1", "hours:0")
# How long after the share-by time people are told that it was missed, while there is time left.
AFTER_HOURS = (4, 24)
HOUR = timedelta(hours=1)


def lead_hours(lead_times: LeadTimes, kind: str) -> int | None:
    """How many clock hours before release the terms want a draft of this kind shared, if any."""
    if kind == Announcement.Kind.PUBLICATION:
        return lead_times.publication_hours
    return lead_times.press_release_hours


def share_by(release: datetime, hours: int) -> datetime:
    """The instant, in UTC, that many clock hours before the release."""
    return release.astimezone(UTC) - timedelta(hours=hours)


def share_by_if_asked(release: datetime, hours: int | None) -> datetime | None:
    """The same where the terms ask for a lead time."""
    return None if hours is None else share_by(release, hours)


def notice(reached_at: datetime | None, release: datetime) -> timedelta | None:
    """How long before the release the draft was there; None when it never was. May be negative."""
    if reached_at is None:
        return None
    return release.astimezone(UTC) - reached_at.astimezone(UTC)


def in_hours(span: timedelta) -> str:
    """A span as "26 hours" or "23 hours 40 minutes"; whole minutes, rounded down."""
    minutes = max(span, timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    words = [plural(hours, "hour")] if hours or not rest else []
    return " ".join([*words, *([plural(rest, "minute")] if rest else [])])


def schedule(due_at: datetime, hours: int, holidays: Collection[date]) -> list[str]:
    """When people are told of a share-by time: offsets of deadlines.rules.offsets.

    After it has passed only as long as the release is still to come. The eve of a weekend is left
    out where it is the very moment of the day before.
    """
    wanted = [*BEFORE, *(f"hours:+{after}" for after in AFTER_HOURS if after < hours)]
    due = Due(london_day(due_at), due_at, due_at)
    if counted("eve", due, holidays) == counted("hours:-24", due, holidays):
        wanted.remove("eve")
    return wanted


def is_owners(acting: Acting, announcement: Announcement) -> bool:
    """Whether the reader acts for the organisation that announces."""
    return announcement.owner_id == acting.organisation_id


def may_keep(acting: Acting, announcement: Announcement) -> bool:
    """Whether the reader may change, share and release it."""
    return is_owners(acting, announcement) and DRAFTERS.includes(acting)


def require_keeper(acting: Acting, announcement: Announcement) -> None:
    """Raises NotYours for whoever may only read it."""
    if not is_owners(acting, announcement):
        raise NotYours("Only the organisation that announces it may do this.")
    require_role(acting, DRAFTERS)
