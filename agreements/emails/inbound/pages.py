"""E-mails that wait for a person, in words."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from agreements.emails.inbound.addresses import is_configured
from agreements.models import Agreement, InboundEmail
from house.answers import Todo
from house.asked_together import Asking
from nhsuk.words import plural
from parties.acting import Acting
from parties.who import MANAGERS

# More are counted as "more than" so many.
MOST = 100


def held_for(acting: Acting) -> QuerySet[InboundEmail]:
    """What waits for the reader's organisation, the oldest first. Of an MoU that was
    disposed of nothing is left to read."""
    waiting = InboundEmail.objects.visible_to(acting).held()
    rows = waiting.exclude(agreement__state=Agreement.State.DISPOSED)
    return rows.select_related("agreement").defer("text").order_by("came_at", "pk")[:MOST]


def asking_held_todos(acting: Acting) -> Asking[list[Todo]]:
    """One line for all of them, where there is a mailbox and the reader decides."""
    if not is_configured() or not MANAGERS.includes(acting):
        return []
    [held] = yield [held_for(acting)]
    if not held:
        return []
    return [
        Todo(
            "Say what becomes of an e-mail that came from an unknown sender",
            plural(len(held), "e-mail"),
            reverse("emails:held"),
            "Look at them",
            since=held[0].came_at,
            references=tuple(dict.fromkeys(each.agreement.reference for each in held)),
        )
    ]
