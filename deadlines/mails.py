"""The two e-mails of this room: one reminder, and those of a working day together."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.urls import reverse

from deadlines.calendars.by_mail import date_of
from deadlines.digests import digest_key, lines_of_digests, wishes_of
from deadlines.holidays import bank_holidays
from deadlines.kinds import DeadlineKind, Recipient, kind_of, read_for
from deadlines.models import Deadline, DigestLine, Reminder
from deadlines.rules.offsets import EXACT, LATE
from deadlines.rules.working_hours import is_open, next_morning
from deadlines.services.preferring import preferences_url
from house import clock
from house.once import each_once
from house.rooms import rooms
from mail.kinds import MailEntry, Message, NotNeeded, NotYet, address_in, kind, reads
from nhsuk.dates import day, moment
from nhsuk.words import plural

logger = logging.getLogger(__name__)
BROKEN = "One of your reminders could not be shown here. Home has everything that needs you."


@kind("reminder")
def reminder(context: dict[str, Any]) -> Message:
    told = _reminder(context["reminder"])
    if told.offset != EXACT:
        _in_working_hours()
    recipient = Recipient(
        address=address_in(context),
        why=context["why"],
        organisation_id=context["organisation"],
        person_id=context["person"],
    )
    return _alone(told, recipient, clock.now())


def _alone(told: Reminder, recipient: Recipient, went_at: datetime) -> Message:
    of_kind = kind_of(told.deadline)
    message = of_kind.compose(told.deadline, told, recipient)
    return replace(
        _with_preferences(message, of_kind, told.deadline, recipient.person_id),
        calendar=message.calendar or date_of(told.deadline, message),
        paragraphs=(*message.paragraphs, *_lateness(told, went_at)),
        details=(*message.details, *_working(told.deadline)),
    )


@kind("digest", "The day's reminders in one e-mail")
def digest(context: dict[str, Any]) -> Message:
    _in_working_hours()
    person, on = context["person"], date.fromisoformat(context["day"])
    lines = _lines_of(person, on)
    news = [entry for room in rooms() for entry in room.day_news(person, on)]
    known = _entries(lines, address_in(context))
    if len(known) == 1 and not news:
        return _of_line(next(iter(known)), address_in(context), on)
    entries = [*known.values(), *news]
    if not entries:
        raise NotNeeded
    heading = f"{plural(len(entries), 'thing')} to see to on {day(on)}"
    if len(entries) == len(news):
        heading = f"News of your groups on {day(on)}"
    late = "" if on == clock.today() else " This e-mail is late: it should have gone on that day."
    return Message(
        subject=heading,
        heading=heading,
        paragraphs=(f"{_what(entries, news)} of {day(on)}, in one e-mail.{late}",),
        entries=tuple(entries),
        why=_why_once_a_day(person, lines, with_news=bool(news)),
        button_text="See all that needs you",
        button_url=f"{settings.SITE_URL}{reverse('home')}",
        preferences_url=preferences_url(person),
    )


def _of_line(line: DigestLine, address: str, on: date) -> Message:
    """A day's one reminder says its own."""
    told, now = _reminder(line.reminder_id), clock.now()
    in_time = told.taken_up_at if on == clock.today() else None
    return _alone(told, _recipient(line, address), in_time or now)


def _recipient(line: DigestLine, address: str) -> Recipient:
    return Recipient(address, line.why, line.organisation_id, line.person_id)


def _why_once_a_day(person: int, lines: Iterable[DigestLine], *, with_news: bool) -> str:
    wish = wishes_of([person])[person]
    if wish and wish.one_digest_a_day:
        return "you asked for one e-mail a day."
    if with_news:
        return "you look after agreements in a group: one e-mail a day."
    reminders = _reminders({line.reminder_id for line in lines})
    kinds = {kind_of(each.deadline) for each in reminders.values()}
    if len(kinds) == 1 and (gathered := next(iter(kinds)).gathered):
        return gathered
    return "what you are reminded of on one day comes in one e-mail."


@reads("digest")
def read_digests(digests: Collection[str]) -> None:
    """Those of many e-mails, "person:day", with what their reminders are made of."""
    lines = list(chain.from_iterable(lines_of_digests(digests).values()))
    wishes_of({line.person_id for line in lines})
    read_reminders({line.reminder_id for line in lines})


def _lines_of(person: int, on: date) -> list[DigestLine]:
    digest = digest_key(person, on)
    return lines_of_digests([digest])[digest]


def _what(entries: Sequence[MailEntry], news: Sequence[MailEntry]) -> str:
    if not news:
        return "Your reminders"
    has_reminders = len(entries) > len(news)
    return "Your reminders and the news of your groups" if has_reminders else "The news"


@reads("reminder")
def read_reminders(reminders: Collection[int]) -> None:
    """Those of many e-mails, with what their kinds make these of."""
    read_for(list(_reminders(reminders).values()))


@each_once(Reminder, Deadline)
def _reminders(reminders: Collection[int]) -> dict[int, Reminder]:
    return Reminder.objects.select_related("deadline").in_bulk(reminders)


def _reminder(pk: int) -> Reminder:
    """Raises NotNeeded for one whose deadline is met, cancelled or moved."""
    told = _reminders([pk])[pk]
    if not told.deadline.is_open or told.generation != told.deadline.generation:
        raise NotNeeded
    return told


def _entries(lines: Sequence[DigestLine], address: str) -> dict[DigestLine, MailEntry]:
    """Those of the lines that are still so. One that cannot be made never costs the others."""
    try:
        read_reminders({line.reminder_id for line in lines})
    except Exception:
        # Each then reads for itself, and the one at fault says so.
        logger.exception("The reminders of a digest could not be read together")
    return {line: entry for line in lines if (entry := _entry(line, address))}


def _entry(line: DigestLine, address: str) -> MailEntry | None:
    try:
        told = _reminder(line.reminder_id)
        compose = kind_of(told.deadline).compose
        message = compose(told.deadline, told, _recipient(line, address))
    except NotNeeded:
        return None
    except Exception as problem:
        logger.exception("Reminder %s could not be put into a digest", line.reminder_id)
        # Administrators see it there.
        Reminder.objects.filter(pk=line.reminder_id).update(problem=repr(problem)[:300])
        return MailEntry(text=BROKEN, url=f"{settings.SITE_URL}{reverse('home')}")
    late = _lateness(told, told.taken_up_at or clock.now())
    return MailEntry(text=". ".join([message.subject, *late]), url=message.button_url)


def _lateness(told: Reminder, went_at: datetime) -> tuple[str, ...]:
    if went_at - told.send_at < LATE:
        return ()
    return (f"This reminder is late: it should have gone at {moment(told.send_at)}.",)


def _in_working_hours() -> None:
    """Raises NotYet at night, on a weekend and on a bank holiday: whatever held the e-mail up."""
    now, days = clock.now(), bank_holidays()
    if not is_open(now, days):
        raise NotYet(next_morning(now, days))


def _working(deadline: Deadline) -> tuple[str, ...]:
    return (f"How the date follows: {deadline.working}",) if deadline.working else ()


def _with_preferences(
    message: Message, of_kind: DeadlineKind, deadline: Deadline, person_id: int | None
) -> Message:
    if person_id is None:
        return message
    text = "Change what we send you"
    if of_kind.required:
        asks = "The MoU asks for" if deadline.clause_key else "The parties rely on"
        text = f"{asks} this reminder, so it cannot be switched off. Change how we send it"
    return replace(message, preferences_url=preferences_url(person_id), preferences_text=text)
