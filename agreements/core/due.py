"""What is due about agreements: its kinds by name, its letters, its lines on the home page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, prefetch_related_objects

from agreements.core.by_link import with_way_in
from agreements.core.letters import AgreementLetter, read_named
from agreements.core.parties import parties_of
from agreements.core.recipients import read_managers
from agreements.core.texts import numbers, says_so
from agreements.models import Agreement, ClauseText, Version, read_parties
from deadlines.kinds import ReadOfMany, Recipient
from deadlines.models import Deadline, Reminder
from deadlines.rules.working_days import distance
from house import clock
from house.once import each_once
from mail.kinds import Message
from nhsuk.dates import day

# Keeps rows at hand by the subjects of deadlines (`each_once`).
ReadRows = Callable[[Iterable[str]], object]

APPROVAL_AWAITED = "approval_awaited"
CHANGES_ASKED = "changes_asked"
CONTACTS_CONFIRMED = "contacts_confirmed"
DOCUMENT_REVIEW = "document_review"
REVIEW = "review"
REVIEW_TO_CONFIRM = "review_to_confirm"
ROLE_VACANT = "role_vacant"
SIGNATURE_AWAITED = "signature_awaited"
# These wait on Home; nobody is reminded of them.
COPY_CHANGE = "copy_change"
COPY_TO_CHECK = "copy_to_check"
REJECTION_STANDS = "rejection_stands"
SCAN_TO_CONFIRM = "scan_to_confirm"
SIGNATURE_TO_ASK = "signature_to_ask"
VERSION_TO_SEND = "version_to_send"


def key_of(subject: Model) -> str:
    """ "agreement:17"."""
    return f"{subject._meta.model_name}:{subject.pk}"


def agreement_of(deadline: Deadline) -> Agreement:
    """The one agreement that a deadline of this room concerns."""
    reference = deadline.concerned.all()[0].reference
    return agreements_called([reference])[reference]


def read_letters(reminders: Iterable[Reminder]) -> None:
    """Keeps at hand what the letters of these reminders name: agreements, parties, who belongs to
    them, clauses (six queries, for any number)."""
    deadlines = [reminder.deadline for reminder in reminders]
    found = _read_agreements(deadlines)
    read_named(found.values())
    rows = (
        row for deadline in deadlines if deadline.clause_key for row in deadline.concerned.all()
    )
    asked = {row.reference for row in rows}
    _headings(version for each in asked if (version := found[each].in_force_version_id))


def read_people(reminders: Iterable[Reminder]) -> ReadOfMany:
    """Who looks after the agreements of these reminders, for each party."""
    found = _read_agreements([reminder.deadline for reminder in reminders]).values()
    read_parties(found)
    return read_managers, (party for agreement in found for party in agreement.sides)


def letters_with(rows: ReadRows) -> Callable[[Sequence[Reminder]], None]:
    """What `reads` is of a kind whose letters name these rows too."""

    def read(reminders: Sequence[Reminder]) -> None:
        read_letters(reminders)
        rows(reminder.deadline.subject for reminder in reminders)

    return read


def people_with(rows: ReadRows) -> Callable[[Sequence[Reminder]], ReadOfMany]:
    """What `reads_people` is of a kind that finds people by these rows."""

    def read(reminders: Sequence[Reminder]) -> ReadOfMany:
        found = read_people(reminders)
        rows(reminder.deadline.subject for reminder in reminders)
        return found

    return read


def _read_agreements(deadlines: Sequence[Deadline]) -> dict[str, Agreement]:
    """Those that the deadlines concern, by reference (two queries, for any number)."""
    prefetch_related_objects(deadlines, "concerned")
    return agreements_called(
        row.reference for deadline in deadlines for row in deadline.concerned.all()
    )


@each_once(Agreement, Version)
def agreements_called(references: Collection[str]) -> dict[str, Agreement]:
    """Agreements by reference, with the version in force (one query)."""
    rows = Agreement.objects.filter(reference__in=references).select_related("in_force_version")
    found = {agreement.reference: agreement for agreement in rows}
    for agreement in found.values():
        if version := agreement.in_force_version:
            version.agreement = agreement
    return found


class DeadlineLetter(AgreementLetter):
    """One reminder to one recipient, with the clause that asks for it."""

    def __init__(self, deadline: Deadline, recipient: Recipient) -> None:
        self.deadline, self.recipient = deadline, recipient
        agreement, reader = agreement_of(deadline), recipient.organisation_id
        own = (p for p in parties_of(agreement) if p.organisation.pk == reader)
        super().__init__(agreement, next(own, None), why=recipient.why)

    def message(self, what: str, *paragraphs: str, **more: Any) -> Message:
        details = asked_by(self.deadline, self.agreement)
        made = super().message(what, *paragraphs, details=details, **more)
        return with_way_in(made, self.agreement, self.party, self.recipient.person_id)


def asked_by(deadline: Deadline, agreement: Agreement) -> tuple[str, ...]:
    """The clause of the text in force that asks for it, as a sentence; nothing where none does."""
    version, key = agreement.in_force_version_id, deadline.clause_key
    rows = _headings([version])[version] if version and key else []
    given = numbers(kind for _, kind, _ in rows)
    return tuple(
        says_so(number, heading)
        for number, (clause, _, heading) in zip(given, rows, strict=True)
        if clause == key
    )


@each_once(ClauseText)
def _headings(versions: Collection[int]) -> dict[int, list[tuple[str, str, str]]]:
    """Version id -> the key, kind and heading of each clause in order."""
    found: dict[int, list[tuple[str, str, str]]] = {pk: [] for pk in versions}
    texts = ClauseText.objects.filter(version__in=found).order_by("position", "pk")
    for version, *row in texts.values_list("version", "clause__key", "kind", "heading"):
        found[version].append((row[0], row[1], row[2]))
    return found


def due_in_words(on: date) -> str:
    """How a date stands to today, after a noun: "is due on 3 September 2014, in 30 days"."""
    today = clock.today()
    if on < today:
        return f"was due on {day(on)}, {distance(on, today)}"
    if on == today:
        return f"is due today, {day(on)}"
    return f"is due on {day(on)}, {distance(on, today)}"


def due_in_short(on: date) -> str:
    """The same for a subject: "due 3 September 2014", "due today", "late since …"."""
    today = clock.today()
    if on < today:
        return f"late since {day(on)}"
    return "due today" if on == today else f"due {day(on)}"
