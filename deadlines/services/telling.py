"""From a reminder to an e-mail: in the one of the person's working day, or at once where hours
count or that one has gone; and one that failed, taken up again once its cause is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any, Final

from django.db import transaction

from audit.services import write_entry
from deadlines.digests import digest_key, wishes_of
from deadlines.holidays import bank_holidays
from deadlines.kinds import Recipient, kind_of
from deadlines.models import DigestLine, Reminder
from deadlines.rules.offsets import counts_hours
from deadlines.rules.working_days import is_working_day, working_days_after
from deadlines.rules.working_hours import at_time
from house import clock
from house.clock import london_day
from house.lifecycle import Lifecycle, move, step
from mail.models import Delivery
from mail.services import delivery, queue_all

# After the reminders of 09:00 have been taken up, so that they are in the same day's digest.
DIGEST_AT = time(9, 30)
# What is taken up later is not put into it: a sweep that is still writing, or a sender whose clock
# is ahead, would lose the line.
CLOSES_AT = time(9, 25)


def tell(
    found: Mapping[Reminder, Sequence[Recipient]], *, on_working_day: bool
) -> dict[Reminder, list[Recipient]]:
    """Queues what these people are told of each reminder, once however often it is asked.

    `on_working_day` says whether today is one. Gives those who are told at all: not of what they
    have switched off.
    """
    wishes = wishes_of(each.person_id for people in found.values() for each in people)
    told: dict[Reminder, list[Recipient]] = {reminder: [] for reminder in found}
    lines, deliveries, now = [], [], clock.now()
    is_early = on_working_day and now < at_time(london_day(now), CLOSES_AT)
    for reminder, recipient in ((of, each) for of, people in found.items() for each in people):
        kind, wish = kind_of(reminder.deadline), wishes[recipient.person_id]
        if wish and not kind.required and kind.key in wish.switched_off:
            continue
        told[reminder].append(recipient)
        once = recipient.one_a_day or bool(wish and wish.one_digest_a_day)
        once = once or (is_early and not counts_hours(reminder.offset))
        if once and recipient.person_id and not kind.urgent:
            day = london_day(now) if is_early else next_digest_day(now)
            lines.append(line := _line(recipient.person_id, recipient, reminder, day))
            deliveries.append(_digest(recipient, line.day))
        else:
            deliveries.append(_reminding(recipient, reminder))
    DigestLine.objects.bulk_create(lines, ignore_conflicts=True)
    # In one order: two sweeps that queue the same digests would wait for each other.
    queue_all(sorted(deliveries, key=attrgetter("dedupe")), nudge=False)
    return told


def _reminding(recipient: Recipient, of: Reminder) -> Delivery:
    return delivery(
        kind="reminder",
        address=recipient.address,
        organisation_id=recipient.organisation_id,
        context={
            "reminder": of.pk,
            "why": recipient.why,
            "organisation": recipient.organisation_id,
            "person": recipient.person_id,
        },
        dedupe=reminder_key(of, recipient),
    )


def reminder_key(of: Reminder, recipient: Recipient) -> str:
    """What makes the e-mail of a reminder one. Two people who share a mailbox are told each."""
    whom = f"{recipient.address}/{recipient.person_id or ''}"
    return f"reminder:{of.deadline_id}:{of.generation}:{of.offset}:{whom}"


def _line(person_id: int, recipient: Recipient, reminder: Reminder, day: date) -> DigestLine:
    return DigestLine(
        person_id=person_id,
        reminder=reminder,
        day=day,
        why=recipient.why,
        organisation_id=recipient.organisation_id,
    )


def queue_digests(people: Iterable[Recipient], day: date) -> None:
    """The e-mails of a day for these people, in which rooms say what they have (`day_news`)."""
    found = [_digest(each, day) for each in people if each.person_id]
    queue_all(sorted(found, key=attrgetter("dedupe")), nudge=False)


def _digest(recipient: Recipient, on: date) -> Delivery:
    """The e-mail that has all of the person's day."""
    person, day = recipient.person_id, on.isoformat()
    assert person  # noqa: S101 - a mailbox has no day
    return delivery(
        kind="digest",
        address=recipient.address,
        organisation_id=recipient.organisation_id,
        context={"person": person, "day": day, "digest": digest_key(person, on)},
        dedupe=f"digest:{person}:{day}",
        not_before=digest_moment(on),
    )


def next_digest_day(now: datetime) -> date:
    """The working day in London of the next digest that takes a line."""
    today, days = london_day(now), bank_holidays()
    if is_working_day(today, days) and now < at_time(today, CLOSES_AT):
        return today
    return working_days_after(today, 1, days)


def digest_moment(day: date) -> datetime:
    return at_time(day, DIGEST_AT)


# What a person may do about a reminder; the sweep alone does the rest.
REMINDER_LIFECYCLE: Final = Lifecycle("reminder", {"take_up_again": step("failed", to="pending")})


def take_up_again(*, actor: Any, reminder: Reminder) -> None:
    """Makes a reminder that failed pending again: the next sweep takes it up.

    Where the deadline is closed or has moved, the sweep still tells nobody. Raises Refused for
    one that has not failed.
    """
    with transaction.atomic():
        move(
            reminder,
            "take_up_again",
            lifecycle=REMINDER_LIFECYCLE,
            attempts=0,
            next_try=clock.now(),
        )
        write_entry(
            actor=actor,
            organisation_id=None,
            verb="took up a reminder again",
            about=reminder,
            payload={"deadline": reminder.deadline.subject_key},
        )
