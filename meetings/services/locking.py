"""The one order of locks in this room: agreements by reference, the series, the meeting."""

from __future__ import annotations

from agreements.models import Agreement
from house.lifecycle import lock
from meetings.models import Meeting, Series
from meetings.queries.sides import agreements_of


def lock_series(series: Series) -> Series:
    """The series, locked with the agreements that it serves."""
    lock_agreements(series)
    return lock(series)


def lock_agreements(series: Series) -> list[Agreement]:
    return [lock(agreement) for agreement in agreements_of(series)]


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked with its series and agreements."""
    series = lock_series(meeting.series)
    current = lock(meeting)
    current.series = series
    return current
