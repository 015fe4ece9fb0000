"""After an outage one e-mail goes late, and the next at its time: who would read the same subject
on two days running reads it once.
"""

from __future__ import annotations

from collections.abc import Sequence

from deadlines.holidays import bank_holidays
from deadlines.kinds import Recipient, kind_of
from deadlines.models import DigestLine, Reminder
from deadlines.rules.offsets import EXACT, LATE
from deadlines.rules.working_days import working_days_between
from deadlines.services.telling import reminder_key
from house import clock
from house.clock import london_day
from house.once import forget
from mail.kinds import NotNeeded
from mail.models import Delivery


def not_told_lately(
    reminder: Reminder, recipients: Sequence[Recipient], beside: Sequence[Reminder]
) -> list[Recipient]:
    """Those of the recipients whom no late reminder of the same date told the same the day before.

    `beside` are the reminders of its deadline, and of others.
    """
    late = [each for each in beside if _went_late(each, reminder)]
    if not late or reminder.offset == EXACT:
        return list(recipients)
    return [each for each in recipients if not any(_told(of, reminder, each) for of in late)]


def _went_late(other: Reminder, reminder: Reminder) -> bool:
    """Whether it is another of the same date that went late, today or the working day before."""
    at, same = other.taken_up_at, (reminder.deadline_id, reminder.generation)
    if at is None or (other.deadline_id, other.generation) != same or at - other.send_at < LATE:
        return False
    return working_days_between(london_day(at), clock.today(), bank_holidays()) <= 1


def _told(late: Reminder, reminder: Reminder, recipient: Recipient) -> bool:
    assert late.taken_up_at  # noqa: S101 - it went
    if not _reached(late, recipient):
        return False
    try:
        now = _subject(reminder, recipient)
        with clock.at(late.taken_up_at):
            before = _subject(late, recipient)
    except NotNeeded:
        return False
    finally:
        forget()  # what was read for the day before holds no more
    return now == before


def _reached(late: Reminder, recipient: Recipient) -> bool:
    """Whether an e-mail of its own, or a line of a digest, went to them."""
    lines = DigestLine.objects.filter(reminder=late, person=recipient.person_id or 0)
    alone = Delivery.objects.filter(dedupe=reminder_key(late, recipient))
    return alone.exists() or lines.exists()


def _subject(reminder: Reminder, recipient: Recipient) -> str:
    kind = kind_of(reminder.deadline)
    return kind.compose(reminder.deadline, reminder, recipient).subject
