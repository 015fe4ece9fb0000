"""Reminders of what was open when an MoU ended, and of what becomes of it when its time is over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from agreements.core.due import DeadlineLetter, agreement_of, read_letters, read_people
from agreements.core.left_open import counted_open
from agreements.core.parties import there_today
from agreements.core.recipients import managers_by_party
from agreements.retention.due import LEFT_OPEN, RETENTION
from agreements.retention.queries import held, longer, until_of
from agreements.retention.rules import SOURCE
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line, always
from deadlines.models import Deadline, Reminder
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from nhsuk.words import capital, plural
from parties.who import MANAGERS


def _all_managers(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    return list(chain(*managers_by_party(there_today(agreement_of(deadline))).values()))


def _about_open(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    """Raises NotNeeded where all of it was decided meanwhile."""
    about = DeadlineLetter(deadline, recipient)
    count = counted_open([about.agreement.pk])[about.agreement.pk]
    if not count:
        raise NotNeeded
    are = plural(count, "thing is", "things are")
    return about.message(
        f"decide what is still open, it ended on {day(about.agreement.last_day)}",
        f"{capital(about.mou)} has ended, and {are} still open under it.",
        "Decide on each: it is done, it is dropped, or it goes on under another MoU. What no party "
        "decides stays open.",
        button="See what is open",
        path="changes/",
    )


def _about_retention(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    """Raises NotNeeded while a hold stands."""
    about = DeadlineLetter(deadline, recipient)
    until = until_of(about.agreement)
    if until is None or held([about.agreement.pk])[about.agreement.pk]:
        raise NotNeeded
    return about.message(
        f"decide whether it is kept longer, its time is over since {day(until)}",
        f"{capital(about.mou)} ended on {day(about.agreement.last_day)}. It was to be kept until "
        f"{day(until)} ({SOURCE}).",
        "Decide whether it is kept longer. Place a hold if an inquiry, a request or a dispute "
        "needs it. Nothing is disposed of by itself.",
        button="See how long it is kept",
        path="changes/#retention",
    )


def _read_open(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    counted_open(_agreements(reminders))


def _read_retention(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _agreements(reminders)
    longer(found)
    held(found)


def _agreements(reminders: Sequence[Reminder]) -> list[int]:
    return [agreement_of(reminder.deadline).pk for reminder in reminders]


KINDS: Final = [
    DeadlineKind(
        key=LEFT_OPEN,
        label="What is open under MoUs that have ended",
        noun="Open things to decide",
        recipients=_all_managers,
        compose=_about_open,
        lines=always(
            Line("Decide what is still open under", "changes/", "Decide", may=MANAGERS.roles)
        ),
        together="Decide what is open under MoUs that have ended",
        required=False,
        reads_people=read_people,
        reads=_read_open,
    ),
    DeadlineKind(
        key=RETENTION,
        label="How long MoUs are kept",
        noun="End of the time in which it is kept",
        recipients=_all_managers,
        compose=_about_retention,
        lines=always(
            Line(
                "Decide whether to keep longer", "changes/#retention", "See how long it is kept",
                may=MANAGERS.roles,
            )
        ),
        together="Decide whether to keep MoUs longer",
        required=False,
        reads_people=read_people,
        reads=_read_retention,
    ),
]  # fmt: skip
