"""What waits for the readers of concerns on their own Home (two queries, for any number)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from escalations.concerns import queries
from escalations.concerns.presenters.words import page_of
from escalations.models import ConcernAction, PracticeConcern
from escalations.models.concerns import ConcernQuerySet
from house import clock
from house.room import Todo
from parties.acting import Acting
from parties.who import DRAFTERS

# Home shows no more of one kind; the list has all.
MOST = 50


def todos(acting: Acting) -> list[Todo]:
    """What was never opened, what is to be decided, and the actions that are the reader's."""
    if acting.organisation is None or not acting.user.is_authenticated:
        return []
    visible = queries.read_by(acting)
    unread = queries.unread_by(acting)
    found = list(_concerns(visible, unread, acting))
    return [*found, *_actions(visible, acting)] if found or visible.exists() else []


def _concerns(visible: ConcernQuerySet, unread: set[int], acting: Acting) -> Iterator[Todo]:
    undecided = Q(state=PracticeConcern.State.OPEN)
    for concern in visible.filter(undecided | Q(pk__in=unread))[:MOST]:
        own = concern.party.spells.filter(organisation=acting.organisation).exists()
        if concern.pk in unread:
            yield _todo(concern, f"Read the concern about {concern.about}", "Read it")
        elif own and DRAFTERS.includes(acting):
            sentence = f"Decide whether to share the concern about {concern.about}"
            yield _todo(concern, sentence, "Decide")


def _todo(concern: PracticeConcern, sentence: str, button: str) -> Todo:
    return Todo(
        sentence=sentence, about=concern.agreement.title, url=page_of(concern), button=button,
        since=concern.opened_at, references=(concern.agreement.reference,),
    )  # fmt: skip


def _actions(visible: ConcernQuerySet, acting: Acting) -> Iterator[Todo]:
    """With a date those that they see to, without one whoever sees to it knows."""
    rows = ConcernAction.objects.still_open().filter(
        concern__in=visible.values("pk"), due_on__isnull=False, sees_to_it=acting.who
    )
    known = rows.select_related("concern__agreement", "concern__practice").order_by("due_on", "pk")
    for action in known.prefetch_related("concern__practice__names")[:MOST]:
        yield Todo(
            sentence=f"See to action {action.number} of the concern about {action.concern.about}",
            about=action.concern.agreement.title,
            url=page_of(action.concern),
            button="Open",
            due_on=action.due_on,
            is_late=action.is_late(clock.today()),
            references=(action.concern.agreement.reference,),
        )
