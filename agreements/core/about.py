"""What every reminder about an agreement needs: the reader's side, the others, the clause."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from agreements.core.clauses import clauses_of
from agreements.core.mails import names_of
from agreements.core.parties import parties_of
from agreements.models import Agreement, Party
from deadlines.kinds import Recipient
from deadlines.models import Deadline
from deadlines.rules.distance import distance
from house import clock
from mail.kinds import Message
from nhsuk.dates import day


def agreement_of(deadline: Deadline) -> Agreement:
    """The one agreement that a deadline of this room concerns."""
    return Agreement.objects.select_related("in_force_version").get(
        reference=deadline.concerned.values_list("reference", flat=True)[0]
    )


class About:
    """One reminder to one recipient."""

    def __init__(self, deadline: Deadline, recipient: Recipient) -> None:
        self.deadline, self.recipient = deadline, recipient
        self.agreement = agreement_of(deadline)
        self.parties = parties_of(self.agreement)
        self.party = next(
            (p for p in self.parties if p.organisation.pk == recipient.organisation_id), None
        )

    @property
    def others(self) -> str:
        """The other party, or the first of several with how many more there are."""
        return names_of([party for party in self.parties if party != self.party])

    @property
    def own(self) -> Party:
        assert self.party  # noqa: S101 - holders of these deadlines are parties
        return self.party

    @property
    def mou(self) -> str:
        """ "your MoU with Eastmoor CCG (MOU-0001)"."""
        return f"your MoU with {self.others} ({self.agreement.reference})"

    def message(
        self,
        what: str,
        *paragraphs: str,
        button: str,
        path: str = "",
    ) -> Message:
        """`path` leads to a page below the agreement's own."""
        reference = self.agreement.reference
        return Message(
            subject=f"MoU with {self.others}: {what} ({reference})",
            paragraphs=paragraphs,
            why=self.recipient.why,
            button_text=button,
            button_url=f"{settings.SITE_URL}/agreements/{reference}/{path}",
            details=self._asked_by(),
        )

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
