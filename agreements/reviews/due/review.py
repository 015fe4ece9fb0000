"""The review of an agreement: both parties' MoU managers are told until its outcome is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from agreements.core.due import REVIEW
from agreements.core.lines import Told, told_of
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_by_party
from agreements.core.reminding import DeadlineLetter, agreement_of, due_in_short, due_in_words
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from house import clock
from house.room import Todo
from mail.kinds import Message
from parties.acting import Acting
from parties.models import Role


def recipients(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    return list(chain(*managers_by_party(parties_of(agreement_of(deadline))).values()))


def compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    assert deadline.due_on  # noqa: S101 - a review has a date
    return about.message(
        f"review {due_in_short(deadline.due_on)}",
        f"The review of {about.mou} {due_in_words(deadline.due_on)}.",
        *_what_to_do(about, overdue=deadline.due_on < clock.today()),
        button="See the review",
        path="review/",
    )


def _what_to_do(about: DeadlineLetter, *, overdue: bool) -> tuple[str, ...]:
    hold = f"Agree with {about.others} when you look back together on how the MoU has worked."
    record = "Either party then records the outcome: continue, vary or end it."
    if not overdue:
        return (f"{hold} {record}",)
    return (
        "No outcome is recorded yet. If you have held the review, record it now.",
        f"If you have not, agree a day with {about.others}.",
        "The MoU stays in force: a missed review ends nothing.",
    )


def todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    told = told_of(deadlines, acting)
    return {pk: _todo(each, acting) for pk, each in told.items()}


def _todo(told: Told, acting: Acting) -> Todo:
    may = acting.has(Role.MANAGER, Role.EDITOR)
    return Todo(
        sentence=f"Review the MoU {told.with_whom}",
        about=told.agreement.title,
        url=told.url("agreements:review") if may else told.url("agreements:agreement"),
        button="Record the outcome" if may and told.is_due else "Open",
    )


KIND = DeadlineKind(
    key=REVIEW,
    label="Reviews",
    noun="Review",
    recipients=recipients,
    compose=compose,
    todos=todos,
)
