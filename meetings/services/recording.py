"""Writing down what happened at a meeting: who came, notes, the actions agreed (A18, A19)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from house import clock
from house.keys import key_of_form
from house.lifecycle import move
from house.refusals import Refused
from meetings.models import MEETING_LIFECYCLE, Meeting, Series
from meetings.queries.sides import agreements_at, who_confirm
from meetings.rules.who import require_met, require_recorder
from meetings.services.actions import agree, carry_on
from meetings.services.asking import keep_questions
from meetings.services.came import Account as Account
from meetings.services.came import write_who_came
from meetings.services.due import keep_meeting, keep_owed
from meetings.services.locking import check_free, lock_meeting, lock_series
from meetings.services.telling import tell_of_meeting
from parties.acting import Acting


def record_meeting(*, by: Acting, meeting: Meeting, account: Account) -> Meeting:
    """A scheduled meeting was held. The other parties are told, and asked to confirm the record.

    Raises Refused before its day, and when somebody recorded it first.
    """
    require_recorder(by, meeting.series)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if current.is_held and (current.recorded_by_id, current.notes) == (
            by.who.pk, account.notes
        ):  # fmt: skip
            return current  # the button was pressed twice
        if current.is_held:
            raise Refused(
                f"{current.recorded_by} has recorded this meeting already. Open the record, and "
                "correct there what is missing."
            )
        if current.day > clock.today():
            raise Refused("The day of this meeting has not come yet.")
        move(
            current, "record", lifecycle=MEETING_LIFECYCLE, notes=account.notes,
            edit_no=current.edit_no + 1, **_recorded(by, current),
        )  # fmt: skip
        _write(by, current, account)
    return current


def record_elsewhere(
    *,
    by: Acting,
    series: Series,
    day: date,
    account: Account,
    place: str = "",
    key: UUID | None = None,
) -> Meeting:
    """A meeting was held without having been called here: it is recorded in one step (A18).

    `key` is the number of the form: the same form sent twice records one meeting. Raises Refused
    for a day to come, and for one that has a meeting of the series already.
    """
    require_recorder(by, series)
    with transaction.atomic():
        current = lock_series(series)
        if key and (known := current.meetings.filter(key=key).first()):
            return known
        if not current.counts_from <= day <= clock.today():
            raise Refused("Enter a day since the MoU started, and not one to come.", field="day")
        require_met(by, current, day)
        check_free(current, day)
        meeting = Meeting(
            series=current, day=day, place=place, state=Meeting.State.HELD, elsewhere=True,
            notes=account.notes, called_by=by.who, called_for=by.on_behalf_of,
            called_at=clock.now(), **key_of_form(Meeting, key),
        )  # fmt: skip
        for name, value in _recorded(by, meeting).items():
            setattr(meeting, name, value)
        meeting.save()
        _write(by, meeting, account)
    return meeting


def standing_of(by: Acting, meeting: Meeting) -> str:
    """A record waits for the other parties; where nobody else meets it needs no word."""
    others = who_confirm(agreements_at(meeting), by.organisation_id)
    return Meeting.Standing.AWAITED if others else Meeting.Standing.CONFIRMED


def _recorded(by: Acting, meeting: Meeting) -> dict[str, object]:
    return {
        "recorded_by": by.who,
        "recorded_for": by.on_behalf_of,
        "recorded_at": clock.now(),
        "standing": standing_of(by, meeting),
    }


def _write(by: Acting, meeting: Meeting, account: Account) -> None:
    write_who_came(by, meeting, account)
    carry_on(meeting)
    actions = agree(by, meeting, account.agreed)
    keep_questions(meeting)
    keep_meeting(meeting)
    keep_owed(meeting.series)
    tell_of_meeting(meeting, "meeting_recorded", by=by, agreed=actions)
