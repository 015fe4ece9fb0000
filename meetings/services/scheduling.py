"""Calling a meeting, moving it, cancelling it. Either party may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.core.parties import version_of_terms
from house import clock
from house.clock import london_instant
from house.keys import key_of_form
from house.lifecycle import move
from house.refusals import Refused
from meetings.models import MEETING_LIFECYCLE, AgendaItem, Meeting, Series
from meetings.queries.sides import serves_of
from meetings.rules.who import require_met, require_recorder, require_running
from meetings.services.due import keep_meeting, keep_owed
from meetings.services.locking import (
    check_free,
    lock_meeting,
    lock_series,
    require_scheduled,
    require_unchanged,
)
from meetings.services.telling import tell_of_meeting
from nhsuk.dates import day as written
from parties.acting import Acting

Kind = AgendaItem.Kind
OF_ACTIONS = "Actions from earlier meetings"
SINCE = "What has changed since the last meeting"


def schedule_meeting(
    *,
    by: Acting,
    series: Series,
    day: date,
    time: time | None = None,
    ends: time | None = None,
    place: str = "",
    key: UUID | None = None,
) -> Meeting:
    """Calls a meeting, with what belongs on its agenda, and tells the other parties.

    `key` is the number of the form: the same form sent twice calls one meeting. Raises Refused for
    a day that has passed or has a meeting already.
    """
    require_recorder(by, series)
    with transaction.atomic():
        current = lock_series(series)
        if key and (known := current.meetings.filter(key=key).first()):
            return known
        require_running(current)
        require_met(by, current, day)
        check_free(current, day)
        _check_times(day, time, ends)
        if day < clock.today():
            raise Refused(
                "This day has passed. Choose a later one, or record a meeting held elsewhere.",
                field="day",
            )
        meeting = Meeting.objects.create(
            series=current, day=day, time=time, ends=ends, place=place, called_by=by.who,
            called_for=by.on_behalf_of, called_at=clock.now(), **key_of_form(Meeting, key),
        )  # fmt: skip
        for position, item in enumerate(standing_items(current), start=1):
            AgendaItem.objects.create(meeting=meeting, position=position, **item)
        keep_meeting(meeting)
        keep_owed(current)
        tell_of_meeting(meeting, "meeting_scheduled", by=by)
    return meeting


def move_meeting(
    *,
    by: Acting,
    meeting: Meeting,
    edit_no: int,
    day: date,
    time: time | None = None,
    ends: time | None = None,
    place: str = "",
) -> bool:
    """Moves a scheduled meeting or says where it is. Returns whether anything changed."""
    require_recorder(by, meeting.series)
    wanted = {"day": day, "time": time, "ends": ends, "place": place}
    with transaction.atomic():
        current = lock_meeting(meeting)
        require_scheduled(current)
        if all(getattr(current, name) == value for name, value in wanted.items()):
            return False
        require_unchanged(current, edit_no)
        require_met(by, current.series, day)
        check_free(current.series, day, but=current)
        _check_times(day, time, ends)
        moved_from = current.day
        for name, value in wanted.items():
            setattr(current, name, value)
        current.edit_no += 1
        current.save()
        keep_meeting(current)
        keep_owed(current.series)
        tell_of_meeting(current, "meeting_moved", by=by, before=written(moved_from))
    return True


def cancel_meeting(*, by: Acting, meeting: Meeting, because: str) -> None:
    """It will not be held. The other parties are told; what the MoU asks for is still owed."""
    require_recorder(by, meeting.series)
    with transaction.atomic():
        series = lock_meeting(meeting).series
        move(meeting, "cancel", lifecycle=MEETING_LIFECYCLE, because=because)
        keep_meeting(meeting)
        keep_owed(series)
        tell_of_meeting(meeting, "meeting_cancelled", by=by, because=because)


def _check_times(day: date, starts: time | None, ends: time | None) -> None:
    if ends is not None and (starts is None or ends <= starts):
        raise Refused(
            "Enter when it begins too." if starts is None else "Enter a time after it begins.",
            field="time" if starts is None else "ends",
        )
    for field, at in (("time", starts), ("ends", ends)):
        try:
            if at is not None:
                london_instant(day, at)
        except ValueError:
            raise Refused(
                "The clocks go forward over this time. Enter an earlier or a later one.",
                field=field,
            ) from None


def standing_items(series: Series) -> list[dict[str, Any]]:
    """Open actions, the sources that the terms name (A18), news, and what the series keeps."""
    return [
        {"kind": Kind.ACTIONS, "heading": OF_ACTIONS},
        *_sources(series),
        {"kind": Kind.SINCE, "heading": SINCE},
        *({"kind": Kind.STANDING, "heading": heading} for heading in series.standing),
    ]


def _sources(series: Series) -> Iterator[dict[str, Any]]:
    """Those that the terms of each agreement name for these meetings, once each."""
    seen: set[str] = set()
    for row in serves_of(series):
        key = (row.instead_of or series).term_key
        terms = version_of_terms(row.agreement).typed_terms if key else None
        term = terms.meetings.called(key) if terms else None
        for source in term.topics if term else ():
            if source.key not in seen:
                seen.add(source.key)
                yield {"kind": Kind.SOURCE, "topic": source.key, "heading": source.heading}
