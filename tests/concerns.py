"""Practice concerns for the tests: recorded by the Area Team's manager, and what follows."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement
from escalations.concerns.services.deciding import share_concern
from escalations.concerns.services.opening import open_concern
from escalations.concerns.services.reading import name_reader
from escalations.models import PracticeConcern
from parties.models import User
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.reading import words_of

KNOWN = "Two inspections found no emergency drugs."
# What the form of a new concern is filled in with, of two parties.
FILLED_IN = {
    "practice_name": "Beckside Surgery",
    "source": "cqc",
    "severity": "high",
    "known": KNOWN,
    "risk": "no",
    "gap": "no",
}


def agreement_of(cast: Cast) -> Agreement:
    return Agreement.objects.get(access__organisation=cast.ccg, state="in_force")


def recorded(cast: Cast, by: User | None = None, **said: Any) -> PracticeConcern:
    """By the Area Team's manager, about a practice that the portal does not know."""
    facts = {"source": "cqc", "severity": "high", "known": KNOWN}
    if "practice" not in said:
        facts["practice_name"] = "Beckside Surgery"
    return open_concern(
        by=acting(by or cast.manager), agreement=agreement_of(cast), **(facts | said)
    )


def shared(cast: Cast, **said: Any) -> PracticeConcern:
    """With the other party, whose MoU manager reads it."""
    concern = recorded(cast, **said)
    others = [p for p in concern.agreement.sides if p.pk != concern.party_id]
    share_concern(by=acting(cast.manager), concern=concern, parties=others, because="They pay too.")
    return PracticeConcern.objects.select_related("agreement").get(pk=concern.pk)


def let_read(cast: Cast, concern: PracticeConcern, user: User, by: User | None = None) -> None:
    name_reader(by=acting(by or cast.manager), concern=concern, person=person_of(user))


class ConcernDesk:
    """Somebody at their desk: what they read on the pages of concerns, and what they send."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def code(self, concern: PracticeConcern, page: str = "") -> int:
        return self.client.get(at(concern, page)).status_code

    def reads(self, concern: PracticeConcern, page: str = "") -> str:
        return words_of(self.client.get(at(concern, page)))

    def sends(self, concern: PracticeConcern, page: str, **said: Any) -> str:
        """Fills in a page and presses its button; the words that come next."""
        return words_of(self.client.post(at(concern, page), said, follow=True))

    def records(self, agreement: Agreement, **said: Any) -> str:
        url = reverse("concerns:open", args=[agreement.reference])
        return words_of(self.client.post(url, FILLED_IN | said, follow=True))


def at(concern: PracticeConcern, page: str = "") -> str:
    return reverse("concerns:concern", args=[concern.key]) + page


def newest() -> PracticeConcern:
    return PracticeConcern.objects.select_related("agreement").order_by("-pk")[0]


def confidential(mailbox: Mailbox, to: User) -> list[EmailMultiAlternatives]:
    """What somebody was told of concerns."""
    return [mail for mail in mailbox.to(to.email) if "confidential record" in mail.subject]
