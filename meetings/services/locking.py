"""What a service locks and checks before it changes a meeting.

Locks have one order in this room: agreements by reference, the series, the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from agreements.models import Agreement
from house.lifecycle import lock
from house.refusals import ChangedMeanwhile, Refused
from meetings.models import Meeting, Series, SeriesAgreement
from nhsuk.dates import day as written


def lock_series(series: Series) -> Series:
    """The series, locked with the agreements that it serves."""
    lock_agreements(series)
    return lock(series)


def lock_agreements(series: Series) -> list[Agreement]:
    return lock_agreements_of([series])


def lock_agreements_of(
    series: Iterable[Series], besides: Iterable[Agreement] = ()
) -> list[Agreement]:
    """All that these serve, served or will serve, and those besides, locked in one order for
    everybody: what a series owes is a date of each of them. Gives them as they are now."""
    serving = SeriesAgreement.objects.filter(series__in=[each.pk for each in series])
    wanted = Q(pk__in=serving.values("agreement")) | Q(pk__in=[each.pk for each in besides])
    rows = Agreement.objects.select_for_update(no_key=True).filter(wanted)
    return list(rows.order_by("reference"))


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked with its series and agreements."""
    series = lock_series(meeting.series)
    current = lock(meeting)
    current.series = series
    return current


def require_scheduled(meeting: Meeting) -> None:
    if not meeting.is_scheduled:
        state = meeting.get_state_display().lower()
        raise Refused(f"This meeting is {state} now, so this can no longer be done.")


def require_unchanged(meeting: Meeting, edit_no: int) -> None:
    """Raises Refused when somebody else changed the meeting since the form was made."""
    if meeting.edit_no != edit_no:
        raise ChangedMeanwhile("meeting", meeting.edit_no)


def check_free(series: Series, day: date, *, but: Meeting | None = None) -> None:
    """Raises Refused where the series has another meeting on this day."""
    there = series.meetings.filter(day=day, state__in=["scheduled", "held"])
    if there.exclude(pk=but.pk if but else 0).exists():
        raise Refused(f"A meeting on {written(day)} is here already.", field="day")
