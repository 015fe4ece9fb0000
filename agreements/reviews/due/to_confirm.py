"""A review that the other party recorded: this one says whether the record is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agreements.core.due import REVIEW_TO_CONFIRM, number_in
from agreements.core.lines import Told, told_of
from agreements.core.recipients import managers_of
from agreements.core.reminding import DeadlineLetter
from agreements.models import Review
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.models import Deadline, Reminder
from house.room import Todo
from mail.kinds import Message
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Role


def reviews_of(deadlines: Sequence[Deadline]) -> dict[int, Review]:
    """Deadline id -> the recorded review (one query)."""
    keys = {deadline.pk: number_in(deadline.subject_key) for deadline in deadlines}
    found = Review.objects.in_bulk(list(keys.values()))
    return {pk: found[key] for pk, key in keys.items()}


def recipients(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    review = reviews_of([deadline])[deadline.pk]
    return managers_of(review.agreement.parties.get(slot=deadline.occurrence))


def compose(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    review, about = reviews_of([deadline])[deadline.pk], DeadlineLetter(deadline, recipient)
    return about.message(
        "please confirm what was recorded of the review",
        f"On {day(review.recorded_at)} {review.recorded_for} recorded that the review of "
        f"{about.mou} was held on {day(review.held_on)}.",
        "It stands as not yet confirmed. Look at it, then confirm it or say what is not right.",
        button="Look at the record",
        path=f"reviews/{review.pk}/answer/",
    )


def todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    told, reviews = told_of(deadlines, acting), reviews_of(deadlines)
    return {pk: _todo(each, reviews[pk], acting) for pk, each in told.items()}


def _todo(told: Told, review: Review, acting: Acting) -> Todo:
    may = acting.has(Role.MANAGER, Role.EDITOR)
    return Todo(
        sentence=f"Confirm what was recorded of the review of the MoU {told.with_whom}",
        about=told.agreement.title,
        url=told.url("agreements:review_answer", review.pk)
        if may
        else told.url("agreements:agreement"),
        button="Look at the record" if may else "Open",
    )


KIND = DeadlineKind(
    key=REVIEW_TO_CONFIRM,
    label="Reviews to confirm",
    noun="Review to confirm",
    recipients=recipients,
    compose=compose,
    todos=todos,
    required=False,
)
