"""Correcting a record, the other parties' word on it, and what was entered in error."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.core.confirming import require_reason
from commitments.services.of_meetings import confirm_agreed
from house import clock
from house.lifecycle import move
from house.refusals import Refused
from meetings.models import MEETING_LIFECYCLE, Meeting, MeetingAnswer
from meetings.queries.sides import who_confirm
from meetings.rules.who import (
    require_answerer,
    require_party_that_entered,
    require_recorder,
    require_was_there,
)
from meetings.services.actions import source_key_of, take_back
from meetings.services.asking import keep_questions, last_words
from meetings.services.due import keep_meeting, keep_owed
from meetings.services.locking import check_free, lock_meeting, require_unchanged
from meetings.services.recording import Account, standing_of, write_who_came
from meetings.services.telling import tell_of_meeting
from parties.acting import Acting

Standing = Meeting.Standing


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
        if day > clock.today():
            raise Refused("Enter the day on which it was held.", field="day")
        check_free(current.series, day, but=current)
        people_changed = _differs(current, account)
        if (current.day, current.notes) == (day, account.notes) and not people_changed:
            return False
        require_unchanged(current, edit_no)
        write_who_came(current, account.came, account.others)
        current.day, current.notes = day, account.notes
        current.recorded_by, current.recorded_for = by.who, by.on_behalf_of
        current.recorded_at, current.standing = clock.now(), standing_of(by, current.series)
        current.edit_no += 1
        current.save()
        keep_questions(current)
        keep_owed(current.series)
        tell_of_meeting(current, "meeting_corrected", by=by)
    return True


def answer_record(*, by: Acting, meeting: Meeting, agrees: bool, because: str = "") -> None:
    """Another party confirms the record, with the actions that are its own, or says what is not
    right. A record that is not right counts as no meeting until it is put right (design 3.12).
    """
    require_answerer(by, meeting)
    require_reason(agrees=agrees, because=because)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if not agrees:
            require_was_there(by, current)
        if not current.is_held:
            raise Refused("There is no record to answer.")
        words = last_words(current)
        if words.get(by.organisation_id or 0) == agrees:
            return  # said already, by a colleague or with the press before
        MeetingAnswer.objects.create(
            meeting=current, organisation=by.on_behalf_of, agrees=agrees, because=because,
            by=by.who, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        current.standing = _standing(current)
        current.edit_no += 1
        current.save(update_fields=["standing", "edit_no"])
        if agrees:
            confirm_agreed(by=by, source_key=source_key_of(current))
        keep_questions(current)
        keep_owed(current.series)
        verb = "meeting_confirmed" if agrees else "meeting_disputed"
        tell_of_meeting(current, verb, by=by, because=because)


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


def _standing(meeting: Meeting) -> str:
    """Disputed while one says no; confirmed once in each agreement one of another side said yes."""
    words = last_words(meeting)
    if not all(words.values()):
        return Standing.DISPUTED
    awaited = who_confirm(meeting.series, meeting.recorded_for_id, words)
    return Standing.AWAITED if awaited else Standing.CONFIRMED


def _differs(meeting: Meeting, account: Account) -> bool:
    rows = meeting.attendees.all()
    people = {person.pk for _, person in account.came}
    return {row.person_id for row in rows if row.person_id} != people or {
        row.name for row in rows if row.name
    } != set(account.others)
