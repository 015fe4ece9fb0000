"""What the preferences page says of reminders: what is always sent, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from deadlines.kinds import DeadlineKind, kinds
from deadlines.models import Deadline, MailPreference, Reminder
from deadlines.queries import reminders_to_come
from deadlines.rules.offsets import in_words
from mail.kinds import NotNeeded
from nhsuk.components import Cell, Column
from nhsuk.dates import clock_time, day
from parties.acting import Acting

AT_ONCE, DAILY, ALWAYS = "At once", "In the daily e-mail", "At once, because it cannot wait"
COLUMNS = [Column("When"), Column("Reminder"), Column("How it comes")]
# Who gets a reminder is found when it is due; asking that for more than these would take long.
NEXT = 5


@dataclass(frozen=True)
class KindInWords:
    """A kind that cannot be switched off, and that it never waits for the daily e-mail."""

    label: str
    note: str


def required_kinds() -> list[KindInWords]:
    """The kinds that a clause asks for."""
    asked_for = sorted((k for k in kinds().values() if k.required), key=lambda kind: kind.label)
    return [KindInWords(k.label, "always at once" if k.urgent else "") for k in asked_for]


def next_rows(acting: Acting, wishes: MailPreference) -> list[list[Cell]]:
    """The reader's next reminders as things stand, as rows of the table."""
    declared = kinds()
    known = (r for r in reminders_to_come(acting, NEXT) if r.deadline.kind in declared)
    return [
        _row(reminder, kind, wishes)
        for reminder in known
        if _goes_to(acting, reminder, kind := declared[reminder.deadline.kind])
        and not _is_off(kind, wishes)
    ]


def _goes_to(acting: Acting, reminder: Reminder, kind: DeadlineKind) -> bool:
    try:
        told = list(kind.recipients(reminder.deadline, reminder))
    except NotNeeded:
        return False
    return acting.who.person_id in {recipient.person_id for recipient in told}


def _is_off(kind: DeadlineKind, wishes: MailPreference) -> bool:
    return not kind.required and kind.key in wishes.switched_off


def _row(reminder: Reminder, kind: DeadlineKind, wishes: MailPreference) -> list[Cell]:
    how = DAILY if wishes.one_digest_a_day else AT_ONCE
    return [
        Cell(day(reminder.send_at), under=clock_time(reminder.send_at)),
        Cell(kind.one, under=f"{in_words(reminder.offset)}{_about(reminder.deadline)}"),
        Cell(ALWAYS if kind.urgent and wishes.one_digest_a_day else how),
    ]


def _about(deadline: Deadline) -> str:
    """ ", MOU-0001". Of several none is named: some may be agreements of others."""
    references = [each.reference for each in deadline.concerned.all()]
    if len(references) > 1:
        return ", several agreements"
    return f", {references[0]}" if references else ""
