"""An announcement in hand: the locks of its agreements by reference, then its own; its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from agreements.models import Agreement
from audit.services import record
from communications.models import Announcement
from communications.rules import require_keeper
from house.lifecycle import lock
from house.refusals import NotNow, Refused
from parties.acting import Acting


def lock_open(
    by: Acting, announcement: Announcement, *, besides: Collection[int] = ()
) -> Announcement:
    """The announcement as it is now, locked with its agreements, for one of its keepers.

    `besides` are ids of agreements that it is going to touch.
    Raises NotYours for others, Refused once it is released or withdrawn.
    """
    require_keeper(by, announcement)
    current = lock_with_agreements(announcement, besides=besides)
    check_open(current)
    return current


def lock_with_agreements(
    announcement: Announcement, *, besides: Collection[int] = ()
) -> Announcement:
    """The announcement as it is now, locked behind all agreements that it touches.

    Raises NotNow where somebody changed which these are just before.
    """
    touched = announcement.concerned.values_list("agreement", flat=True)
    locked = {*touched, *besides}
    lock_agreements(locked)
    current = lock(announcement)
    if not locked.issuperset(touched.all()):
        raise NotNow("Somebody is changing this announcement just now. Try again.")
    return current


def check_open(announcement: Announcement) -> None:
    """Raises Refused once it is released or withdrawn. Ask it of a row that is locked."""
    if not announcement.is_open:
        state = announcement.get_state_display().lower()
        raise Refused(f"This announcement is {state} now, so this can no longer be done.")


def lock_agreements(ids: Iterable[int]) -> list[Agreement]:
    """Those agreements, locked in one order for everybody: their dates are kept beside them."""
    rows = Agreement.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("reference"))


def note(by: Acting, verb: str, announcement: Announcement, **payload: Any) -> None:
    """The audit entry of one act, in its transaction."""
    record(by, f"announcement_{verb}", announcement, **payload)
