"""The date of review of a listed document: the party that keeps it is reminded, while the
agreement is in force (B03)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from agreements.core.asked_again import is_over_by_notice
from agreements.core.associated import listed
from agreements.core.due import (
    DOCUMENT_REVIEW,
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
from agreements.models import Agreement, AssociatedDocument, DocumentVersion
from agreements.models.associated import newest_versions
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.words import capital
from parties.models import Role
from parties.who import DRAFTERS

KEEPING: Final = "associated_documents"
DOCUMENT_PROMISED: Final = "document_promised"
# Until it is there.
PROMISE_SCHEDULE: Final = ["days:-14", "days:-3", "days:0", "days:+7", "days:+28", "monthly"]
# A month ahead, on the day, and once more when it has passed.
SCHEDULE: Final = ["days:-30", "days:0", "days:+28"]


def set_review(document: AssociatedDocument, newest: DocumentVersion) -> None:
    """The review of the document as it stands now. The agreement is locked.

    Nobody is reminded before the agreement is in force, or of what is off the list.
    """
    agreement, key = document.agreement, key_of(document)
    if not (document.is_listed and newest.review_on and agreement.has_duties):
        cancel_deadline(kind=DOCUMENT_REVIEW, subject_key=key)
        return
    clause = clause_bound_to(agreement, KEEPING)
    set_deadline(
        kind=DOCUMENT_REVIEW,
        subject_key=key,
        due_on=newest.review_on,
        schedule=SCHEDULE,
        holders=[For(document.kept_by.organisation, role=Role.MANAGER)],
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working="The date of review that is entered with the document.",
    )


def set_promise(document: AssociatedDocument, newest: DocumentVersion) -> None:
    """By when a document that is not there yet is to follow (C09), before the agreement is in force
    too. What was brought is met; what is off the list is due no more. The agreement is locked."""
    agreement, key = document.agreement, key_of(document)
    if not document.is_listed:
        cancel_deadline(kind=DOCUMENT_PROMISED, subject_key=key)
        return
    if not newest.follows_by:
        meet_deadline(kind=DOCUMENT_PROMISED, subject_key=key)
        return
    set_deadline(
        kind=DOCUMENT_PROMISED,
        subject_key=key,
        due_on=newest.follows_by,
        schedule=PROMISE_SCHEDULE,
        holders=[For(document.kept_by.organisation, role=Role.MANAGER)],
        references=[agreement.reference],
        working="The day by which the document is to follow, as it stands in the list.",
    )


def set_reviews(agreement: Agreement) -> None:
    """Of all documents of the list, once the agreement is in force."""
    for newest in listed(agreement):
        set_review(newest.document, newest)


@each_once(AssociatedDocument, DocumentVersion)
def _documents(subjects: Collection[str]) -> dict[str, DocumentVersion]:
    """By the subject of a deadline: the document's id."""
    rows = newest_versions(document__in=[int(each) for each in subjects])
    return {str(each.document_id): each for each in rows}


def _document(deadline: Deadline) -> AssociatedDocument:
    """With its keeper, as the parties of its agreement are at hand."""
    document = _documents([deadline.subject])[deadline.subject].document
    sides = parties_of(agreement_of(deadline))
    document.kept_by = next(party for party in sides if party.pk == document.kept_by_id)
    return document


def _keepers(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    document, agreement = _document(deadline), agreement_of(deadline)
    if agreement.is_over or is_over_by_notice(agreement) or not document.is_listed:
        raise NotNeeded
    return managers_of(document.kept_by)


def _reminded(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    assert deadline.due_on  # noqa: S101 - set with a day
    return about.message(
        f"review a document, {due_in_short(deadline.due_on)}",
        f"{capital(about.mou)} is read with a document that your organisation keeps. Its "
        f"review {due_in_words(deadline.due_on)}.",
        "Look whether it still holds. Then put the new version in its place, or enter the next "
        "date of review.",
        button="See the document",
        path=f"documents/{deadline.subject}/",
    )


def _lines(act: str, button: str) -> Callable[[Sequence[Deadline]], list[Line]]:
    """The same act for each document, on its own page."""

    def lines(deadlines: Sequence[Deadline]) -> list[Line]:
        pages = (f"documents/{deadline.subject}/" for deadline in deadlines)
        return [Line(act, page, button, may=DRAFTERS.roles) for page in pages]

    return lines


_OF: Final = {DOCUMENT_REVIEW: "Review of", DOCUMENT_PROMISED: "To follow:"}


def _promised(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    assert deadline.due_on  # noqa: S101 - set with a day
    return about.message(
        f"bring a document that is to follow, {due_in_short(deadline.due_on)}",
        f"{capital(about.mou)} is read with a document that your organisation has promised. It "
        f"{due_in_words(deadline.due_on)}. Until then the list says that it is not there.",
        "Put the file or its address in its place, or say by which other day it follows.",
        button="Bring the document",
        path=f"documents/{deadline.subject}/",
    )


def _names(deadlines: Sequence[Deadline]) -> dict[int, str]:
    found = _documents(deadline.subject for deadline in deadlines)
    return {each.pk: f"{_OF[each.kind]} “{found[each.subject].title}”" for each in deadlines}


REVIEW: Final = DeadlineKind(
    key=DOCUMENT_REVIEW,
    label="Reviews of documents that you keep",
    noun="Review of a document",
    recipients=_keepers,
    compose=_reminded,
    lines=_lines("Review a document of", "See the document"),
    required=False,
    names=_names,
    reads_people=people_with(_documents),
    reads=letters_with(_documents),
)

PROMISE: Final = DeadlineKind(
    key=DOCUMENT_PROMISED,
    label="Documents that you have promised",
    noun="Document to follow",
    recipients=_keepers,
    compose=_promised,
    lines=_lines("Bring a document that is to follow for", "Bring the document"),
    required=False,
    names=_names,
    reads_people=people_with(_documents),
    reads=letters_with(_documents),
)
