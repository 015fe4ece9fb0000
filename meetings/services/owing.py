"""Keeps the deadline of what a series owes equal to what was held, and turns it with the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from agreements.models import Agreement
from deadlines.models import Deadline
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from meetings.models import Meeting, Series, Turn
from meetings.queries.clauses import clause_key_of
from meetings.queries.sides import agreements_of, organisations_of
from meetings.rules.standing import Owed, Standing, owed_by, standing_on
from meetings.rules.years import ONE_DAY, YEAR
from parties.models import Role

KIND = "meetings_owed"
# Before the period runs out while meetings are still owed, and after it. A monthly meeting is asked
# for once a month: that the last one was missed stands on the pages.
SCHEDULES = {
    YEAR: ("days:-120", "days:-60", "days:-30", "days:-14", "days:+1", "days:+14"),
    3: ("days:-30", "days:-14", "days:+1"),
    1: ("days:-7",),
}
# So long after its period a missing meeting is asked for, before it counts as missed.
GRACE = {YEAR: timedelta(days=30), 3: timedelta(days=30), 1: timedelta(days=14)}


def keep_owed(series: Series, agreements: Sequence[Agreement] = ()) -> None:
    """Sets, meets or cancels what the series owes now, and plans when to look again.

    Call it in a transaction with the series and its agreements locked; `agreements` hands them
    down. Again it changes nothing.
    """
    serves, held_on = agreements or agreements_of(series), days_held(series)
    standing = _standing(series, serves, held_on)
    looks = _see_to_earlier(series, held_on, standing)
    if standing:
        _see_to_current(series, serves, standing)
        looks.append(standing.period.last + ONE_DAY)
    if looks:
        Turn.objects.bulk_create(
            [Turn(series=series, on=min(looks))],
            update_conflicts=True, unique_fields=["series"], update_fields=["on"],
        )  # fmt: skip
    else:
        Turn.objects.filter(series=series).delete()


def _standing(
    series: Series, serves: Sequence[Agreement], held_on: Sequence[date]
) -> Standing | None:
    """How it stands with what it owes today; None where it owes nothing."""
    owed, today = _owed(series, serves), clock.today()
    if owed is None or today < series.counts_from:
        return None
    return standing_on(today, owed=owed, start=series.counts_from, held_on=held_on)


def _owed(series: Series, serves: Sequence[Agreement]) -> Owed | None:
    """What it owes in each period; nothing once it has ended or no agreement of it is in force."""
    if series.ended_on or not any(agreement.has_duties for agreement in serves):
        return None
    return owed_by(series.cadence, series.per_year)


def days_held(series: Series) -> list[date]:
    return list(Meeting.objects.filter(series=series).counted().values_list("day", flat=True))


def subject_of(series: Series) -> str:
    return f"series:{series.key}"


def _see_to_current(series: Series, serves: Sequence[Agreement], standing: Standing) -> None:
    occurrence = standing.period.first.isoformat()
    if not standing.missing:
        meet_deadline(kind=KIND, subject_key=subject_of(series), occurrence=occurrence)
        return
    set_deadline(
        kind=KIND,
        subject_key=subject_of(series),
        occurrence=occurrence,
        due_on=standing.period.last,
        schedule=SCHEDULES[standing.owed.months],
        holders=[For(each, role=Role.MANAGER) for each in organisations_of(serves)],
        references=[agreement.reference for agreement in serves],
        clause_key=clause_key_of(series, serves),
        working=standing.working,
    )


def _see_to_earlier(
    series: Series, held_on: Sequence[date], current: Standing | None
) -> list[date]:
    """Closes what earlier periods owed: met once it was held, else when its grace is over.

    Gives the days on which to look at those that stay open.
    """
    looks = []
    for deadline in Deadline.objects.still_open().filter(kind=KIND, subject_key=subject_of(series)):
        if current and deadline.occurrence == current.period.first.isoformat():
            continue
        until = _open_until(deadline, held_on, current)
        if until:
            looks.append(until + ONE_DAY)
    return looks


def _open_until(
    deadline: Deadline, held_on: Sequence[date], current: Standing | None
) -> date | None:
    """The last day of grace of an earlier period; None after closing it."""
    which = {
        "kind": KIND, "subject_key": deadline.subject_key, "occurrence": deadline.occurrence
    }  # fmt: skip
    first, last = date.fromisoformat(deadline.occurrence), deadline.due_on
    # One that overlaps belongs to another cadence than the one that holds now.
    if current is None or last is None or last >= current.period.first:
        cancel_deadline(**which)
        return None
    if sum(first <= each <= last for each in held_on) >= current.owed.number:
        meet_deadline(**which)
        return None
    grace = last + GRACE[current.owed.months]
    if clock.today() > grace:
        cancel_deadline(**which)
        return None
    return grace
