"""The next review of a record of shared data: the party that keeps it is reminded (A05).

There is one only where somebody entered its day: no day is made up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import (
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    key_of,
    letters_with,
    people_with,
)
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of
from agreements.core.texts import clause_bound_to
from agreements.data_sharing.queries import KEEPING, listed
from agreements.models import Agreement, DataSharing, DataSharingEntry
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.words import capital
from parties.models import Role
from parties.who import DRAFTERS

SHARING_REVIEW: Final = "data_sharing_review"
# A month ahead, on the day, and once more when it has passed.
SCHEDULE: Final = ["days:-30", "days:0", "days:+28"]


def set_review(record: DataSharing, newest: DataSharingEntry, *, was_met: bool = False) -> None:
    """The next review of the record as it stands now; `was_met` where one was just recorded. The
    agreement is locked."""
    agreement, key = record.agreement, key_of(record)
    if was_met:
        meet_deadline(kind=SHARING_REVIEW, subject_key=key)
    if not (record.is_running and newest.review_on and agreement.has_duties):
        cancel_deadline(kind=SHARING_REVIEW, subject_key=key)
        return
    clause = clause_bound_to(agreement, KEEPING)
    set_deadline(
        kind=SHARING_REVIEW,
        subject_key=key,
        due_on=newest.review_on,
        schedule=SCHEDULE,
        holders=[For(record.kept_by.organisation, role=Role.MANAGER)],
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working="The day of the next review that is entered with the record.",
    )


def set_reviews(agreement: Agreement) -> None:
    """Of all records, once another text is in force."""
    for newest in listed(agreement):
        set_review(newest.record, newest)


@each_once(DataSharing)
def _records(subjects: Collection[str]) -> dict[str, DataSharing]:
    """By the subject of a deadline: the record's id."""
    found = DataSharing.objects.in_bulk([int(each) for each in subjects])
    return {str(pk): record for pk, record in found.items()}


def _keepers(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    record, agreement = _records([deadline.subject])[deadline.subject], agreement_of(deadline)
    kept_by = next(each for each in parties_of(agreement) if each.pk == record.kept_by_id)
    if agreement.is_over or is_over_by_notice(agreement) or not record.is_running:
        raise NotNeeded
    if kept_by.left_on:
        raise NotNeeded
    return managers_of(kept_by)


def _reminded(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    assert deadline.due_on  # noqa: S101 - set with a day
    return about.message(
        f"review a record of shared data, {due_in_short(deadline.due_on)}",
        f"{capital(about.mou)} has a record of data that is shared, which your organisation made. "
        f"Its review {due_in_words(deadline.due_on)}.",
        "Look whether it still holds. Then say so, change what it says, or say that the data is no "
        "longer shared.",
        button="See the record",
        path=_page(deadline),
    )


def _page(deadline: Deadline) -> str:
    return f"data-sharing/{deadline.subject}/"


def _lines(deadlines: Sequence[Deadline]) -> list[Line]:
    """The same act for each record, on its own page."""
    return [
        Line("Review a record of shared data of", _page(each), "See the record", may=DRAFTERS.roles)
        for each in deadlines
    ]


def _names(deadlines: Sequence[Deadline]) -> dict[int, str]:
    found = _records(deadline.subject for deadline in deadlines)
    return {
        each.pk: f"Review of data-sharing record {found[each.subject].number}" for each in deadlines
    }


REVIEW: Final = DeadlineKind(
    key=SHARING_REVIEW,
    label="Reviews of data-sharing records that you keep",
    noun="Review of a data-sharing record",
    recipients=_keepers,
    compose=_reminded,
    lines=_lines,
    required=False,
    names=_names,
    reads_people=people_with(_records),
    reads=letters_with(_records),
)
