"""From a reminder to an e-mail: at once, or as a line of the person's daily digest; and one that
failed, taken up again once its cause is mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction

from audit.services import write_entry
from deadlines.kinds import Recipient, kind_of
from deadlines.models import DigestLine, MailPreference, Reminder
from house import clock
from house.clock import LONDON, london_day
from house.lifecycle import Lifecycle, move, step
from house.once import each_once
from mail.models import Delivery
from mail.services import delivery, queue_all, queue_mail

# After the reminders of 09:00 have been taken up, so that they are in the same day's digest.
DIGEST_AT = time(9, 30)


def tell(recipients: Iterable[Recipient], *, of: Reminder) -> list[Recipient]:
    """Queues what these people are told of the reminder, once however often it is asked.

    Returns those who are told at all: not of what they have switched off.
    """
    kind, found = kind_of(of.deadline), list(recipients)
    wishes = _wishes(each.person_id for each in found if each.person_id)
    told, at_once = [], []
    for recipient in found:
        wish = wishes.get(recipient.person_id or 0)
        if wish and not kind.required and kind.key in wish.switched_off:
            continue
        told.append(recipient)
        if wish and wish.one_digest_a_day and not kind.urgent:
            _into_digest(recipient, wish.person_id, of)
        else:
            at_once.append(_reminding(recipient, of))
    queue_all(at_once, nudge=False)
    return told


@each_once(MailPreference)
def _wishes(people: Collection[int]) -> dict[int, MailPreference | None]:
    """What these people said of their e-mails; None for who said nothing."""
    rows = MailPreference.objects.filter(person__in=people)
    return dict.fromkeys(people) | {wish.person_id: wish for wish in rows}


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
        dedupe=f"reminder:{of.deadline_id}:{of.generation}:{of.offset}:{recipient.address}",
    )


def _into_digest(recipient: Recipient, person_id: int, reminder: Reminder) -> None:
    day = next_digest_day(clock.now())
    DigestLine.objects.get_or_create(
        person_id=person_id,
        reminder=reminder,
        defaults={"day": day, "why": recipient.why, "organisation_id": recipient.organisation_id},
    )
    queue_mail(
        kind="digest",
        address=recipient.address,
        organisation_id=recipient.organisation_id,
        context={"person": person_id, "day": day.isoformat()},
        dedupe=f"digest:{person_id}:{day.isoformat()}",
        not_before=digest_moment(day),
    )


def next_digest_day(now: datetime) -> date:
    """The London day of the next digest that has not gone yet."""
    today = london_day(now)
    return today if now < digest_moment(today) else today + timedelta(days=1)


def digest_moment(day: date) -> datetime:
    return datetime.combine(day, DIGEST_AT, LONDON).astimezone(UTC)


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
