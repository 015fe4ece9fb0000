"""What is due about agreements: its kinds by name, its letters, its lines on the home page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse

from agreements.core.letters import AgreementLetter
from agreements.core.parties import parties_of
from agreements.core.texts import clauses_of
from agreements.models import Agreement, read_parties
from deadlines.kinds import Recipient
from deadlines.models import Concerned, Deadline
from deadlines.rules.working_days import distance
from house import clock
from house.room import Todo
from mail.kinds import Message
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.acting import Acting

APPROVAL_AWAITED = "approval_awaited"
CONTACTS_CONFIRMED = "contacts_confirmed"
REVIEW = "review"
REVIEW_TO_CONFIRM = "review_to_confirm"
ROLE_VACANT = "role_vacant"
SIGNATURE_AWAITED = "signature_awaited"


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


@dataclass
class Told:
    """A deadline with its agreement and the other parties' names, as the reader sees them."""

    deadline: Deadline
    agreement: Agreement
    others: list[str]

    @property
    def is_due(self) -> bool:
        return self.deadline.due_on is not None and self.deadline.due_on <= clock.today()

    def todo(
        self, what: str, page: str, *args: object, button: str, may: bool, place: str = ""
    ) -> Todo:
        """Its line; `what` goes before "the MoU with …". Who may not act is led to the MoU."""
        reference = self.agreement.reference
        name, args = (page, (reference, *args)) if may else ("agreement", (reference,))
        return Todo(
            sentence=f"{what} the MoU {with_whom(self.others)}",
            about=self.agreement.title,
            url=reverse(f"agreements:{name}", args=args) + place,
            button=button if may else "Open",
        )


Todos = Callable[[Sequence[Deadline], Acting], Mapping[int, Todo]]


def todos_by(line: Callable[[Told, Acting], Todo]) -> Todos:
    """The lines of a kind, each of which follows from its deadline and the agreement alone."""
    return lambda deadlines, acting: {
        pk: line(told, acting) for pk, told in told_of(deadlines, acting).items()
    }


def told_of(deadlines: Sequence[Deadline], acting: Acting) -> dict[int, Told]:
    """Deadline id -> what is told of it; without those that the reader may not see (5 queries)."""
    concerned = Concerned.objects.filter(deadline__in=[deadline.pk for deadline in deadlines])
    of_deadline = dict(concerned.values_list("deadline_id", "reference"))
    visible = Agreement.objects.visible_to(acting).filter(reference__in=of_deadline.values())
    agreements = {agreement.reference: agreement for agreement in visible}
    read_parties(agreements.values())
    return {
        deadline.pk: Told(deadline, agreement, _others(agreement, acting))
        for deadline in deadlines
        if (agreement := agreements.get(of_deadline.get(deadline.pk, "")))
    }


def _others(agreement: Agreement, acting: Acting) -> list[str]:
    """The names of the parties that the reader does not act for."""
    return [p.name for p in agreement.sides if p.organisation.pk != acting.organisation_id]
