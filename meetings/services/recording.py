"""Writing down what happened at a meeting: who came, notes, the actions agreed (A18, A19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from agreements.models import Party
from commitments.models import Action
from commitments.services.recording import write_action
from house import clock
from house.keys import key_of_form
from house.lifecycle import move
from house.refusals import Refused
from meetings.models import MEETING_LIFECYCLE, Meeting, Series
from meetings.queries.sides import other_organisations
from meetings.rules.who import require_recorder
from meetings.services.carrying import carry_on
from meetings.services.locking import lock_agreements, lock_meeting, lock_series
from meetings.services.meeting_due import keep_meeting
from meetings.services.owing import keep_owed
from meetings.services.scheduling import check_free, note
from meetings.services.telling import tell_of_meeting
from meetings.services.who_came import write_who_came
from parties.acting import Acting
from parties.models import Organisation, Person


@dataclass(frozen=True)
class Agreed:
    """An action that a meeting agreed: what, who takes it forward, by when."""

    what: str
    owner: Party
    person: Person | None = None
    due_on: date | None = None
    details: str = ""


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


def agree_action(*, by: Acting, meeting: Meeting, agreed: Agreed) -> Action:
    """One more action that a meeting agreed, after its record was written."""
    require_recorder(by, meeting.series)
    with transaction.atomic():
        current = lock_meeting(meeting)
        if not current.is_held:
            raise Refused("Record the meeting first, with the actions that it agreed.")
        for known in actions_of(current):
            if (known.what, known.owner_id) == (agreed.what, agreed.owner.pk):
                return known  # the button was pressed twice
        (action,) = _agree(by, current, [agreed])
        current.edit_no += 1
        current.save(update_fields=["edit_no"])
        tell_of_meeting(current, "action_agreed", by=by, actions=[action])
    return action


def source_key_of(meeting: Meeting) -> str:
    return f"meeting:{meeting.key}"


def actions_of(meeting: Meeting) -> list[Action]:
    """The actions that it agreed."""
    rows = Action.objects.filter(source_key=source_key_of(meeting))
    return list(rows.order_by("agreement", "number"))


def standing_of(by: Acting, series: Series) -> str:
    """A record waits for the other parties; where nobody else meets it needs no word."""
    others = other_organisations(series, by.organisation_id)
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
    actions = _agree(by, meeting, account.agreed)
    keep_meeting(meeting)
    keep_owed(meeting.series)
    note(by, meeting, "meeting_recorded", actions=len(actions))
    tell_of_meeting(meeting, "meeting_recorded", by=by, actions=actions)


def _agree(by: Acting, meeting: Meeting, agreed: Sequence[Agreed]) -> list[Action]:
    locked = {agreement.pk: agreement for agreement in lock_agreements(meeting.series)}
    found = []
    for each in agreed:
        agreement = locked.get(each.owner.agreement_id)
        if agreement is None:
            raise Refused("Choose a party that meets here.")
        action, _ = write_action(
            by=by, agreement=agreement, what=each.what, owner=each.owner, person=each.person,
            due_on=each.due_on, details=each.details, source_key=source_key_of(meeting),
        )  # fmt: skip
        found.append(action)
    return found
