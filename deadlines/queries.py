"""What is due for somebody: read from the open holders of the organisation that they act for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from deadlines.models import Concerned, Deadline, Holder, Reminder
from deadlines.todos import todos_of
from deadlines.who import who_acts
from house.answers import Todo
from house.asked_together import Asking, read_in_one
from parties.acting import Acting
from parties.models import Role, TeamMember

# A page of more than this helps nobody; what is nearest is there first.
MOST = 50
# No kind is for more roles of one organisation, each a row. To ask the database for each deadline
# once would read all that the organisation holds.
ROLES = 3
# A deadline's id, and whether this holder only sees it.
Held = tuple[int, bool]


@dataclass(frozen=True)
class DueLines:
    """What the reader has to see to, and what others have, each the most urgent first.

    Of others' only some are there, as lines with names, of `others_count`. Where a list was cut,
    there is more of it later; what has no date is a list of its own.
    """

    mine: list[Todo]
    others: list[Todo]
    others_count: int
    mine_is_cut: bool
    undated_is_cut: bool
    others_is_cut: bool


def asking_due_until(acting: Acting, until: date, *, of_others: int = MOST) -> Asking[DueLines]:
    """The open deadlines up to a day, and those without one, as lines for the reader."""
    held, is_readers = _open(acting), of_reader(acting)
    soon, undated = Q(due_on__lte=until), Q(due_on=None)
    found = yield [_nearest(held.filter(is_readers, when)) for when in (soon, undated)]
    near, waiting = map(_ids, found)
    own = {*near, *waiting}
    elses = held.filter(soon | undated).exclude(is_readers).exclude(deadline__in=own)
    [found_others] = yield [_nearest(elses)]
    rest = _ids(found_others)
    lines = todos_of(_deadlines(own.union(rest)), acting, own, _watched(found_others))
    others = {pk: todo for pk, todo in lines.items() if not todo.mine}
    return DueLines(
        [todo for todo in lines.values() if todo.mine],
        _named(dict(islice(others.items(), of_others))),
        len(others),
        mine_is_cut=len(near) >= MOST,
        undated_is_cut=len(waiting) >= MOST,
        others_is_cut=len(rest) >= MOST,
    )


def lines_about(acting: Acting, references: Sequence[str], most: int) -> list[Todo]:
    """What is due next for these agreements, for whomever, as lines for the reader.

    The most urgent first; what is not theirs says for whom it waits. Only what the organisation
    that they act for holds or watches. Seven queries, more for a kind that asks its own.
    """
    concerned = Concerned.objects.filter(reference__in=references)
    held = _open(acting).filter(deadline__in=concerned.values("deadline"))
    dated, undated = held.filter(due_on__isnull=False), held.filter(due_on=None)
    found = read_in_one([_nearest(dated), _nearest(undated)])
    ids = {pk for rows in found for pk in _ids(rows)}
    own = set(_ids(_nearest(held.filter(of_reader(acting), deadline__in=ids), len(ids))))
    lines = todos_of(_deadlines(ids), acting, own, _watched(list(chain(*found))))
    return _named(dict(islice(lines.items(), most)))


def had_deadline(kind: str, subject: str) -> Exists:
    """Whether a row has, or once had, a deadline of the kind whose subject it is: "meeting:17"."""
    key = Concat(Value(f"{subject}:"), Cast(OuterRef("pk"), CharField()))
    return Exists(Deadline.objects.filter(kind=kind, subject_key=key))


def next_after(acting: Acting, day: date) -> date | None:
    """The first date after this day that the organisation holds."""
    later = _open(acting).filter(due_on__gt=day).order_by("due_on")
    return later.values_list("due_on", flat=True).first()


def reminders_to_come(acting: Acting, most: int) -> list[Reminder]:
    """The next reminder of each deadline that the reader has to see to, the nearest first."""
    mine = _open(acting).filter(of_reader(acting)).order_by().values("deadline")
    waiting = Reminder.objects.filter(state=Reminder.State.PENDING, deadline__in=mine)
    rows = waiting.select_related("deadline").prefetch_related("deadline__concerned")
    found: dict[int, Reminder] = {}
    # In the order of the index of what is pending, and of nothing besides.
    for reminder in rows.order_by("next_try")[: most * 4]:
        found.setdefault(reminder.deadline_id, reminder)
    return list(found.values())[:most]


def _open(acting: Acting) -> QuerySet[Holder]:
    return Holder.objects.filter(organisation=acting.organisation_id or 0, is_open=True)


def of_reader(acting: Acting) -> Q:
    """That a holder is the reader, a team or a role of theirs: it is theirs to see to."""
    person = acting.who.person_id or 0
    places = TeamMember.objects.current().filter(
        person=person, team__organisation=acting.organisation_id
    )
    mine = Q(person=person) | Q(team__in=places.values("team"))
    mine |= Q(role__in=acting.roles)
    if acting.has(Role.MANAGER):
        # What is for all of an organisation is told to its MoU managers.
        mine |= Q(person=None, team=None, role="")
    return Q(watches=False) & mine


def _nearest(holders: QuerySet[Holder], most: int = MOST) -> QuerySet[Holder, Held]:
    """The deadlines of the nearest. A range of the index alone is quick."""
    in_order = holders.order_by(F("due_on").asc(nulls_last=True), "deadline")
    return in_order.values_list("deadline_id", "watches")[: most * ROLES]


def _ids(nearest: Iterable[Held], most: int = MOST) -> list[int]:
    """Each of them once, however many roles hold it."""
    return list(dict.fromkeys(pk for pk, _ in nearest))[:most]


def _watched(nearest: Collection[Held]) -> set[int]:
    """Those that the organisation sees, and others act on."""
    return {pk for pk, _ in nearest} - {pk for pk, watches in nearest if not watches}


def _deadlines(ids: Iterable[int]) -> list[Deadline]:
    return list(Deadline.objects.in_bulk(list(ids)).values())


def _named(lines: Mapping[int, Todo]) -> list[Todo]:
    """The lines; those of others say for whom they wait, as their room knows it or by holders."""
    unsaid = [pk for pk, todo in lines.items() if not (todo.mine or todo.waits_for)]
    names = who_acts(unsaid) if unsaid else {}
    return [replace(todo, waits_for=names.get(pk, todo.waits_for)) for pk, todo in lines.items()]
