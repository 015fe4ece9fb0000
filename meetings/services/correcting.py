"""Correcting a record, the other parties' word on it, and what was entered in error."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.core.confirming import require_as_shown, require_reason
from commitments.services.of_meetings import confirm_agreed
from house import clock
from house.lifecycle import move
from house.refusals import Refused
from meetings.models import MEETING_LIFECYCLE, Meeting, MeetingAnswer
from meetings.queries.sides import agreements_at, agreements_of, agreements_with
from meetings.rules.under import standing_of_record
from meetings.rules.who import (
    require_answerer,
    require_met,
    require_party_that_entered,
    require_recorder,
    require_was_there,
)
from meetings.services.actions import source_key_of, take_back
from meetings.services.asking import keep_questions, last_words
from meetings.services.came import who_came_differs, write_who_came
from meetings.services.due import keep_meeting, keep_owed
from meetings.services.locking import check_free, lock_meeting, require_unchanged
from meetings.services.recording import Account, standing_of
from meetings.services.telling import tell_of_meeting
from parties.acting import Acting


def correct_record(
    *, by: Acting, meeting: Meeting, edit_no: int, day: date, account: Account
) -> bool:
    """Writes the record anew; whoever did not write it confirms it again.

    Returns whether anything changed. Raises Refused when somebody else changed it since.
    """
    require_recorder(by, meeting.series)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if not current.is_held:
            raise Refused("There is no record to correct.")
        _check_day(by, current, day)
        people_changed = who_came_differs(by, current, account)
        if (current.day, current.notes) == (day, account.notes) and not people_changed:
            return False
        require_unchanged(current, edit_no)
        write_who_came(by, current, account)
        current.day, current.notes = day, account.notes
        current.recorded_by, current.recorded_for = by.who, by.on_behalf_of
        current.recorded_at, current.standing = clock.now(), standing_of(by, current)
        current.edit_no += 1
        current.save()
        keep_questions(current)
        keep_owed(current.series)
        tell_of_meeting(current, "meeting_corrected", by=by)
    return True


def _check_day(by: Acting, meeting: Meeting, day: date) -> None:
    """Raises Refused for a day on which it cannot have been held, and for one on which others met:
    they would read what was not said to them (record 0055)."""
    series = meeting.series
    if day > clock.today():
        raise Refused("Enter the day on which it was held.", field="day")
    check_free(series, day, but=meeting)
    if day == meeting.day:
        return
    require_met(by, series, day)
    if agreements_of(series, day) != agreements_at(meeting):
        raise Refused(
            "On this day these meetings were held for other MoUs. Say that this record was entered "
            "in error, and record the meeting anew.",
            field="day",
        )


def answer_record(
    *,
    by: Acting,
    meeting: Meeting,
    agrees: bool,
    because: str = "",
    edit_no: int | None = None,
) -> None:
    """Another party confirms the record, with the actions that are its own, or says what is not
    right: of the agreements that are its own, whose other parties hear of it. There a record that
    is not right counts as no meeting until it is put right (design 3.12, record 0055). `edit_no` is
    the `written_no` of the record that the form showed: ChangedMeanwhile for a later one.
    """
    require_answerer(by, meeting)
    require_reason(agrees=agrees, because=because)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if not agrees:
            require_was_there(by, current)
        if not current.is_held:
            raise Refused("There is no record to answer.")
        require_as_shown(edit_no, written_no(current))
        words = last_words(current)
        if words.get(by.organisation_id or 0) == agrees:
            return  # said already, by a colleague or with the press before
        MeetingAnswer.objects.create(
            meeting=current, organisation=by.on_behalf_of, agrees=agrees, because=because,
            by=by.who, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        agreements = agreements_at(current)
        own = agreements_with(agreements, by.organisation_id)
        current.standing = standing_of_record(
            current.recorded_for_id, agreements, last_words(current)
        )
        current.edit_no += 1
        current.save(update_fields=["standing", "edit_no"])
        if agrees:
            confirm_agreed(by=by, source_key=source_key_of(current))
        keep_questions(current)
        keep_owed(current.series)
        verb = "meeting_confirmed" if agrees else "meeting_disputed"
        tell_of_meeting(current, verb, by=by, under=own, because=because)


def written_no(meeting: Meeting) -> int:
    """Which writing of the record it is, by its time: an answer of another party is none."""
    return int(meeting.recorded_at.timestamp() * 1_000_000) if meeting.recorded_at else 0


def enter_meeting_in_error(*, by: Acting, meeting: Meeting, because: str) -> None:
    """It never should have been there: it leaves the counts and stays readable, with the reason."""
    require_party_that_entered(by, meeting)
    with transaction.atomic():
        was = lock_meeting(meeting)
        move(meeting, "enter_in_error", lifecycle=MEETING_LIFECYCLE, because=because)
        meeting.series = was.series
        if was.is_held:
            take_back(meeting)
            keep_questions(meeting)
        keep_meeting(meeting)
        keep_owed(meeting.series)
        tell_of_meeting(meeting, "meeting_in_error", by=by, because=because)
