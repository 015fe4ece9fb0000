"""Reminders about changes: of an end, of an extension to decide on, of an answer that waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Final

from agreements.changes.due import (
    AGREEMENT_END,
    ANSWERS_CHANGE,
    CHANGE_TO_ANSWER,
    EXTENSION_DECISION,
)
from agreements.changes.end_said import about_end, end_lines
from agreements.changes.rules import Kind
from agreements.changes.words import TO_ANSWER, asked_in_words, opened_in_words
from agreements.core.by_link import with_link
from agreements.core.due import (
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    read_letters,
    read_people,
)
from agreements.core.parties import parties_of, there_today
from agreements.core.recipients import managers_by_party, managers_of
from agreements.models import Change
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line, always
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message
from nhsuk.dates import day
from parties.reader import names
from parties.who import MANAGERS


def _all_managers(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    return list(chain(*managers_by_party(there_today(agreement_of(deadline))).values()))


def _awaited(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    sides = parties_of(agreement_of(deadline))
    return managers_of(next(party for party in sides if party.key == deadline.occurrence))


def _about_extension(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    assert deadline.due_on  # noqa: S101 - set with a day
    return about.message(
        f"decide on an extension, {due_in_short(deadline.due_on)}",
        f"The decision whether {about.mou} is extended {due_in_words(deadline.due_on)}.",
        "One party proposes the new end, and it holds when all accept. Or say that you will not "
        "extend it.",
        button="See how it ends",
        path="changes/",
    )


def _about_answer(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    change, about = _change(deadline), DeadlineLetter(deadline, recipient)
    about.replies_to(change.opened_by, change.opened_for_id)
    who = names([change.opened_for_id])[change.opened_for_id]
    message = about.message(
        asked_in_words(change),
        f"{opened_in_words(change, 'this MoU', who)} It waits for your answer since "
        f"{day(deadline.since)}.",
        "Read it, then accept it or say why not.",
        button="Answer",
        path=f"changes/{change.pk}/answer/",
    )
    return with_link(message, ANSWERS_CHANGE, change.pk, about.party, recipient.person_id, "Answer")


def _change(deadline: Deadline) -> Change:
    return _changes([deadline.subject])[deadline.subject]


@each_once(Change)
def _changes(subjects: Collection[str]) -> dict[str, Change]:
    rows = Change.objects.select_related("opened_by__person").filter(pk__in=subjects)
    return {str(change.pk): change for change in rows}


def _read_answers(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _changes(reminder.deadline.subject for reminder in reminders).values()
    names(change.opened_for_id for change in found)


def _answer_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    changes = _changes(deadline.subject for deadline in deadlines)
    for deadline in deadlines:
        yield Line(
            TO_ANSWER[Kind(changes[deadline.subject].kind)],
            f"changes/{deadline.subject}/answer/",
            "Answer",
            may=MANAGERS.roles,
        )


KINDS: Final = [
    DeadlineKind(
        key=AGREEMENT_END,
        label="Ends of MoUs",
        noun="End",
        by_text=True,
        recipients=_all_managers,
        compose=about_end,
        lines=end_lines,
        together="Say what becomes of MoUs at their end",
        reads_people=read_people,
        reads=read_letters,
    ),
    DeadlineKind(
        key=EXTENSION_DECISION,
        label="Decisions on extensions",
        noun="Decision on an extension",
        by_text=True,
        recipients=_all_managers,
        compose=_about_extension,
        lines=always(
            Line("Decide on an extension of", "changes/", "See how it ends", may=MANAGERS.roles)
        ),
        together="Decide on extensions",
        reads_people=read_people,
        reads=read_letters,
    ),
    DeadlineKind(
        key=CHANGE_TO_ANSWER,
        label="Changes of MoUs to answer",
        noun="Answer to a change",
        recipients=_awaited,
        compose=_about_answer,
        lines=_answer_lines,
        together="Answer changes of MoUs",
        required=False,
        reads_people=read_people,
        reads=_read_answers,
    ),
]  # fmt: skip
