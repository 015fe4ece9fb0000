"""What is due about agreements: its kinds by name, its letters, its lines on the home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model

from agreements.core.letters import AgreementLetter
from agreements.core.parties import parties_of
from agreements.core.texts import clauses_of
from agreements.models import Agreement
from deadlines.kinds import Recipient
from deadlines.models import Deadline
from deadlines.rules.working_days import distance
from house import clock
from mail.kinds import Message
from nhsuk.dates import day

APPROVAL_AWAITED = "approval_awaited"
CONTACTS_CONFIRMED = "contacts_confirmed"
REVIEW = "review"
REVIEW_TO_CONFIRM = "review_to_confirm"
ROLE_VACANT = "role_vacant"
SIGNATURE_AWAITED = "signature_awaited"
# These wait on Home; nobody is reminded of them.
COPY_TO_CHECK = "copy_to_check"
SCAN_TO_CONFIRM = "scan_to_confirm"
SIGNATURE_TO_ASK = "signature_to_ask"
VERSION_TO_SEND = "version_to_send"


def key_of(subject: Model) -> str:
    """ "agreement:17"."""
    return f"{subject._meta.model_name}:{subject.pk}"


def agreement_of(deadline: Deadline) -> Agreement:
    """The one agreement that a deadline of this room concerns."""
    return Agreement.objects.select_related("in_force_version").get(
        reference=deadline.concerned.values_list("reference", flat=True)[0]
    )


class DeadlineLetter(AgreementLetter):
    """One reminder to one recipient, with the clause that asks for it."""

    def __init__(self, deadline: Deadline, recipient: Recipient) -> None:
        self.deadline, self.recipient = deadline, recipient
        agreement, reader = agreement_of(deadline), recipient.organisation_id
        own = (p for p in parties_of(agreement) if p.organisation.pk == reader)
        super().__init__(agreement, next(own, None), why=recipient.why)

    def message(self, what: str, *paragraphs: str, **more: Any) -> Message:
        return super().message(what, *paragraphs, details=self._asked_by(), **more)

    def _asked_by(self) -> tuple[str, ...]:
        version, key = self.agreement.in_force_version, self.deadline.clause_key
        clauses = clauses_of(version) if version and key else []
        return tuple(clause.says_so for clause in clauses if clause.key == key)


def due_in_words(on: date) -> str:
    """How a date stands to today, after a noun: "is due on 3 September 2014, in 30 days"."""
    today = clock.today()
    if on < today:
        return f"was due on {day(on)}, {distance(on, today)}"
    if on == today:
        return f"is due today, {day(on)}"
    return f"is due on {day(on)}, {distance(on, today)}"


def due_in_short(on: date) -> str:
    """The same for a subject: "due 3 September 2014", "due today", "overdue since …"."""
    today = clock.today()
    if on < today:
        return f"overdue since {day(on)}"
    return "due today" if on == today else f"due {day(on)}"
