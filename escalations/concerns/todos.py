"""What waits for the readers of concerns on their own Home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from agreements.models import Agreement, spells_today
from escalations.concerns.presenters.words import page_of
from escalations.models import ConcernAction, ConcernReader, PracticeConcern
from house import clock
from house.answers import Todo
from house.asked_together import Asking
from parties.acting import Acting
from parties.models.organisations import name_today
from parties.who import DRAFTERS

# Home shows no more of one kind; the list has all.
MOST = 50


def asking_todos(acting: Acting) -> Asking[list[Todo]]:
    """What was never opened, what is to be decided, and the actions that are the reader's (two
    rounds for who reads any)."""
    if acting.organisation is None or not acting.user.is_authenticated:
        return []
    [found] = yield [_read_by(acting)]
    if not found:
        return []
    [actions] = yield [_seen_to(found, acting)]
    return [*_concerns(found, acting), *_actions(found, actions)]


def _read_by(acting: Acting) -> QuerySet[PracticeConcern]:
    unread = ConcernReader.objects.still_open().filter(
        concern=OuterRef("pk"), user=acting.who, read_at=None
    )
    own = spells_today(acting.organisation_id).filter(party=OuterRef("party"))
    open_ones = PracticeConcern.objects.visible_to(acting).not_closed()
    # Of an MoU that was disposed of nothing is left to read.
    rows = open_ones.exclude(agreement__state=Agreement.State.DISPOSED).select_related("agreement")
    known = rows.annotate(
        is_unread=Exists(unread), is_own=Exists(own), called=name_today("practice")
    )
    return known.order_by("opened_at", "pk")[:MOST]


def _concerns(found: Sequence[PracticeConcern], acting: Acting) -> Iterator[Todo]:
    for concern in found:
        read = vars(concern)
        undecided = concern.state == PracticeConcern.State.OPEN
        if read["is_unread"]:
            yield _todo(concern, "Read the concern about", "Read it")
        elif undecided and read["is_own"] and DRAFTERS.includes(acting):
            yield _todo(concern, "Decide whether to share the concern about", "Decide")


def _seen_to(found: Sequence[PracticeConcern], acting: Acting) -> QuerySet[ConcernAction]:
    """Those that the reader sees to, with a date."""
    rows = ConcernAction.objects.still_open().filter(
        concern__in=found, due_on__isnull=False, sees_to_it=acting.who
    )
    return rows.order_by("due_on", "pk")[:MOST]


def _actions(found: Sequence[PracticeConcern], actions: Sequence[ConcernAction]) -> Iterator[Todo]:
    concerns = {concern.pk: concern for concern in found}
    for action in actions:
        concern = concerns[action.concern_id]
        act = f"See to action {action.number} of the concern about"
        late = action.is_late(clock.today())
        yield _todo(concern, act, "Open", due_on=action.due_on, is_late=late)


def _todo(concern: PracticeConcern, act: str, button: str, **more: object) -> Todo:
    called = vars(concern)["called"] or concern.practice_name
    said = {"since": concern.opened_at} | more
    return Todo(
        sentence=f"{act} {called}", about=concern.agreement.title, url=page_of(concern),
        button=button, references=(concern.agreement.reference,), **said,  # type: ignore[arg-type]
    )  # fmt: skip
