"""Writing down what happened at a meeting: who came, notes, the actions agreed (A18, A19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from house import clock
from house.keys import key_of_form
from house.lifecycle import move
from house.refusals import Refused
from house.tracked import create_all
from meetings.models import MEETING_LIFECYCLE, Attendee, Meeting, Series
from meetings.queries.sides import who_confirm
from meetings.rules.who import require_recorder
from meetings.services.actions import Agreed, agree, carry_on
from meetings.services.asking import keep_questions
from meetings.services.due import keep_meeting, keep_owed
from meetings.services.locking import check_free, lock_meeting, lock_series
from meetings.services.telling import tell_of_meeting
from parties.acting import Acting
from parties.models import Organisation, Person


@dataclass(frozen=True)
class Account:
    """What somebody writes down of a meeting. `others` came without being on record as people."""

    notes: str = ""
    came: Sequence[tuple[Organisation, Person]] = ()
    others: Sequence[str] = ()
    agreed: Sequence[Agreed] = field(default=())


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
            edit_no=current.edit_no + 1, **_recorded(by, current.series),
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
        check_free(current, day)
        meeting = Meeting.objects.create(
            series=current, day=day, place=place, state=Meeting.State.HELD, elsewhere=True,
            notes=account.notes, called_by=by.who, called_for=by.on_behalf_of,
            called_at=clock.now(), **_recorded(by, current), **key_of_form(Meeting, key),
        )  # fmt: skip
        _write(by, meeting, account)
    return meeting


def standing_of(by: Acting, series: Series) -> str:
    """A record waits for the other parties; where nobody else meets it needs no word."""
    others = who_confirm(series, by.organisation_id)
    return Meeting.Standing.AWAITED if others else Meeting.Standing.CONFIRMED


def _recorded(by: Acting, series: Series) -> dict[str, object]:
    return {
        "recorded_by": by.who,
        "recorded_for": by.on_behalf_of,
        "recorded_at": clock.now(),
        "standing": standing_of(by, series),
    }


def _write(by: Acting, meeting: Meeting, account: Account) -> None:
    write_who_came(meeting, account.came, account.others)
    carry_on(meeting)
    actions = agree(by, meeting, account.agreed)
    keep_questions(meeting)
    keep_meeting(meeting)
    keep_owed(meeting.series)
    tell_of_meeting(meeting, "meeting_recorded", by=by, agreed=actions, actions=len(actions))


def write_who_came(
    meeting: Meeting, came: Sequence[tuple[Organisation, Person]], others: Sequence[str]
) -> None:
    """Makes the list of who came equal to this one.

    A person who stands twice, as for two organisations, came once.
    """
    people: dict[int, tuple[Organisation, Person]] = {}
    for organisation, person in came:
        people.setdefault(person.pk, (organisation, person))
    names = list(dict.fromkeys(others))
    rows = list(meeting.attendees.all())
    gone = [row for row in rows if row.person_id not in people and row.name not in names]
    for row in gone:
        row.delete()
    there = {row.person_id or row.name for row in rows} - {r.person_id or r.name for r in gone}
    new = [
        Attendee(meeting=meeting, organisation=organisation, person=person)
        for pk, (organisation, person) in people.items()
        if pk not in there
    ]
    new += [Attendee(meeting=meeting, name=name) for name in names if name not in there]
    create_all(new)
