"""The deadlines of a scheduled meeting and of what a series owes, kept equal to what was held.

A period turns when its last day is over, whether anybody opens a page or not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from deadlines.models import Deadline
from deadlines.rules.periods import ONE_DAY, YEAR, Period
from deadlines.services.lines import write_lines_of
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from meetings.models import Meeting, Series, SeriesAgreement, Turn
from meetings.queries.sides import agreements_at, clause_key_of, organisations_of, serves_of
from meetings.queries.tally import Tally, tallied
from meetings.rules.standing import RECORDED_WITHIN, Standing, covers
from meetings.services.locking import lock_series
from parties.models import Role

logger = logging.getLogger(__name__)

MEETING_KEY, OWED_KEY = "meeting", "meetings_owed"
# A week and a day before; after it until somebody records what happened, for three months.
BEFORE = ("days:-7", "days:-1")
AFTER = ("days:+1", "days:+8", "days:+15", "months:+1", "months:+2", "months:+3")
# Before the period runs out while meetings are still owed, and after it. A monthly meeting is asked
# for once a month: that the last one was missed stands on the pages.
SCHEDULES = {
    YEAR: ("days:-120", "days:-60", "days:-30", "days:-14", "days:+1", "days:+14"),
    3: ("days:-30", "days:-14", "days:+1"),
    1: ("days:-7",),
}
# So long after its period a missing meeting is asked for, before it counts as missed.
GRACE = {YEAR: timedelta(days=30), 3: timedelta(days=30), 1: timedelta(days=14)}


def keep_meeting(meeting: Meeting) -> None:
    """Sets, moves or closes the meeting's deadline. `keep_owed` follows: Home asks for another one
    only while none is scheduled that may still be held."""
    if not meeting.is_scheduled:
        close = meet_deadline if meeting.is_held else cancel_deadline
        close(kind=MEETING_KEY, subject_key=f"meeting:{meeting.key}")
    else:
        _set_meeting(meeting)


def _set_meeting(meeting: Meeting) -> None:
    agreements = agreements_at(meeting)
    set_deadline(
        kind=MEETING_KEY,
        subject_key=f"meeting:{meeting.key}",
        due_on=meeting.day,
        due_at=meeting.starts_at,
        since=meeting.called_at,
        schedule=(*BEFORE, *AFTER),
        holders=[For(each, role=Role.MANAGER) for each in organisations_of(agreements)],
        references=[agreement.reference for agreement in agreements],
        clause_key=clause_key_of(meeting.series),
        catch_up=False,
    )


def time_passed(*, at_most: int = 500) -> int:
    """Looks at each series whose period has turned. Returns how many there were.

    The sweep of reminders calls it first, so that a year turns when nobody opens a page.
    """
    due = Turn.objects.filter(on__lte=clock.today()).order_by("on", "pk")
    looked = 0
    for pk in due.values_list("series", flat=True)[:at_most]:
        try:
            looked += _turn(pk)
        except Exception:
            # One that fails must not hold up the reminders of the others.
            logger.exception("The period of series %s could not be turned", pk)
    return looked


def keep_owed(series: Series, serves: Sequence[SeriesAgreement] = ()) -> None:
    """Sets, meets or cancels what the series owes now, and plans when to look again.

    Call it in a transaction with the series and its agreements locked; `serves` hands down what it
    serves. Again it changes nothing.
    """
    tally, today = tallied({series: serves or serves_of(series)})[0], clock.today()
    owed = tally.owed_now()
    current = next(iter(owed.values())).period if owed else None
    looks = [*_see_to_earlier(tally, current), *_ends_of_cover(tally.scheduled_on)]
    looks += [day for day in _turns(series, tally.serves) if day > today]
    if current:
        _see_to(tally, current.first, owed)
        looks.append(current.last + ONE_DAY)
    _look_again(series, looks)
    write_lines_of(OWED_KEY, subject_of(series))


def _turns(series: Series, serves: Iterable[SeriesAgreement]) -> list[date]:
    """Days on which what is owed changes by itself: it begins, an agreement joins or has left."""
    joined = [row.starts_on for row in serves if row.starts_on]
    return [series.counts_from, *joined, *(r.ends_on + ONE_DAY for r in serves if r.ends_on)]


def _look_again(series: Series, looks: Sequence[date]) -> None:
    if looks:
        Turn.objects.bulk_create(
            [Turn(series=series, on=min(looks))],
            update_conflicts=True, unique_fields=["series"], update_fields=["on"],
        )  # fmt: skip
    else:
        Turn.objects.filter(series=series).delete()


def _ends_of_cover(scheduled: Iterable[date]) -> list[date]:
    """The days on which scheduled meetings cover nothing any more, unless they are recorded."""
    today = clock.today()
    return [day + RECORDED_WITHIN + ONE_DAY for day in scheduled if covers(day, today)]


def subject_of(series: Series) -> str:
    return f"series:{series.key}"


def _see_to(tally: Tally, first: date, found: Mapping[SeriesAgreement, Standing]) -> None:
    """What one period owes, by its first day: the agreements that still lack a meeting hold it."""
    series, lacking = tally.series, {row: each for row, each in found.items() if each.missing}
    key, occurrence = subject_of(series), first.isoformat()
    if not lacking:
        meet_deadline(kind=OWED_KEY, subject_key=key, occurrence=occurrence)
        return
    agreements = [row.agreement for row in lacking]
    standing = next(iter(lacking.values()))
    set_deadline(
        kind=OWED_KEY,
        subject_key=key,
        occurrence=occurrence,
        due_on=standing.period.last,
        schedule=SCHEDULES[standing.owed.months],
        holders=[For(each, role=Role.MANAGER) for each in organisations_of(agreements)],
        references=[agreement.reference for agreement in agreements],
        clause_key=clause_key_of(series, list(lacking)),
        working=standing.working,
    )


def _see_to_earlier(tally: Tally, current: Period | None) -> list[date]:
    """Closes what earlier periods owed: met once it was held, else when its grace is over.

    Gives the days on which to look at those that stay open.
    """
    looks = []
    for deadline in Deadline.objects.still_open().filter(
        kind=OWED_KEY, subject_key=subject_of(tally.series)
    ):
        if current and deadline.occurrence == current.first.isoformat():
            continue
        until = _open_until(deadline, tally, current)
        if until:
            looks.append(until + ONE_DAY)
    return looks


def _open_until(deadline: Deadline, tally: Tally, current: Period | None) -> date | None:
    """The last day of grace of an earlier period; None after closing it."""
    which = {
        "kind": OWED_KEY, "subject_key": deadline.subject_key, "occurrence": deadline.occurrence
    }  # fmt: skip
    first, last = date.fromisoformat(deadline.occurrence), deadline.due_on
    # One that overlaps belongs to another cadence than the one that holds now.
    if current is None or last is None or last >= current.first:
        cancel_deadline(**which)
        return None
    found = tally.standings(first)
    if not any(standing.missing for standing in found.values()):
        meet_deadline(**which)
        return None
    grace = last + GRACE[next(iter(found.values())).owed.months]
    if clock.today() > grace:
        cancel_deadline(**which)
        return None
    if len(tally.serves) > 1:
        _see_to(tally, first, found)
    return grace


def _turn(pk: int) -> bool:
    with transaction.atomic():
        series = lock_series(Series.objects.get(pk=pk))
        # Asked again under the lock: another sweep may have been here first.
        if not Turn.objects.filter(series=series, on__lte=clock.today()).exists():
            return False
        keep_owed(series)
    return True
