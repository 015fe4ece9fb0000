"""What is due for somebody: read from the open holders of the organisation that they act for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Q, QuerySet, When

from deadlines.kinds import todos_of
from deadlines.models import Deadline, Holder, Reminder
from house.room import Todo
from parties.acting import Acting
from parties.models import Role, TeamMember
from parties.reader import holders

# A page of more than this helps nobody; what is nearest is there first.
MOST = 50


@dataclass(frozen=True)
class DueLines:
    """What is due, as lines. Where a list was cut, there is more of it later."""

    todos: list[Todo]
    mine_is_cut: bool
    others_is_cut: bool


def due_until(acting: Acting, until: date) -> DueLines:
    """The open deadlines up to a day, and those without one, as their rooms call them.

    A line that is not the reader's says for whom it waits: as its room knows it, else by the
    holders.
    """
    mine, others = _without_date(acting)
    near = _dated(_open(acting).filter(_is_readers(acting)), until)
    by_others = _open(acting).exclude(_is_readers(acting))
    of_others = _dated(by_others.exclude(deadline__in=[each.pk for each in near]), until)
    mine, others = [*near, *mine], [*of_others, *others]
    lines = todos_of([*mine, *others], acting)
    named = who_acts([deadline.pk for deadline in others if deadline.pk in lines])
    todos = [*_lines(mine, lines, {}), *_lines(others, lines, named)]
    return DueLines(todos, len(near) >= MOST, len(of_others) >= MOST)


def next_after(acting: Acting, day: date) -> date | None:
    """The first date after this day that the organisation holds."""
    later = _open(acting).filter(due_on__gt=day).order_by("due_on")
    return later.values_list("due_on", flat=True).first()


def reminders_to_come(acting: Acting, most: int) -> list[Reminder]:
    """The next reminder of each deadline that the reader has to see to, the nearest first."""
    mine = _open(acting).filter(_is_readers(acting)).order_by().values("deadline")
    waiting = Reminder.objects.filter(state=Reminder.State.PENDING, deadline__in=mine)
    rows = waiting.select_related("deadline").prefetch_related("deadline__concerned")
    found: dict[int, Reminder] = {}
    for reminder in rows.order_by("send_at", "pk")[: most * 4]:
        found.setdefault(reminder.deadline_id, reminder)
    return list(found.values())[:most]


def who_acts(deadlines: Collection[int]) -> dict[int, str]:
    """Deadline id -> who has to see to it, by name (three queries, for any number).

    "Olga Other, Eastmoor CCG"; for a role whoever holds it, or the role where that is nobody.
    """
    acting_ones = Holder.objects.filter(deadline__in=deadlines, watches=False)
    rows = acting_ones.select_related("organisation", "person", "team").order_by("pk")
    found = list(rows.prefetch_related("organisation__names"))
    of_role = _holders_of_roles(found)
    sides: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for holder in found:
        sides[holder.deadline_id][str(holder.organisation)] += _names(holder, of_role)
    return {pk: " or ".join(_side(*each) for each in of.items()) for pk, of in sides.items()}


def _side(organisation: str, names: list[str]) -> str:
    return f"{' or '.join(dict.fromkeys(names))}, {organisation}"


def _open(acting: Acting) -> QuerySet[Holder]:
    return Holder.objects.filter(organisation=acting.organisation_id or 0, is_open=True)


def _is_readers(acting: Acting) -> Q:
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


def _without_date(acting: Acting) -> tuple[list[Deadline], list[Deadline]]:
    """Open deadlines that wait without a date: the reader's, then those of others."""
    is_readers = Case(When(_is_readers(acting), then=True), default=False)
    rows = _open(acting).filter(due_on=None).annotate(is_readers=is_readers)
    found = rows.select_related("deadline").order_by("-is_readers", "deadline_id")[:MOST]
    mine = {row.deadline_id: row.deadline for row in found if row.is_readers}
    others = {row.deadline_id: row.deadline for row in found if row.deadline_id not in mine}
    return list(mine.values()), list(others.values())


def _dated(holders: QuerySet[Holder], until: date) -> list[Deadline]:
    """Without what has no date: a range of the index alone is quick however much is further off."""
    soon = holders.filter(due_on__lte=until).select_related("deadline")
    rows = soon.order_by("due_on", "deadline_id")[:MOST]
    return list({row.deadline_id: row.deadline for row in rows}.values())


def _holders_of_roles(rows: Iterable[Holder]) -> dict[tuple[int, str], list[str]]:
    """(organisation, role) -> the names of who holds it today."""
    roles = {(row.organisation_id, _role(row)) for row in rows if not (row.person or row.team)}
    return {
        key: sorted(user.get_full_name() for user in users) for key, users in holders(roles).items()
    }


def _names(holder: Holder, of_role: dict[tuple[int, str], list[str]]) -> list[str]:
    """The person or the team; for a role whoever holds it, or what it is called."""
    if who := holder.person or holder.team:
        return [str(who)]
    role = _role(holder)
    return of_role.get((holder.organisation_id, role)) or [str(Role(role).label)]


def _role(holder: Holder) -> str:
    return holder.role or Role.MANAGER


def _lines(
    deadlines: Sequence[Deadline], lines: Mapping[int, Todo], named: Mapping[int, str]
) -> list[Todo]:
    return [
        replace(
            line,
            waits_for=line.waits_for or named.get(deadline.pk, ""),
            due_on=line.due_on or deadline.due_on,
            due_at=line.due_at or deadline.due_at,
        )
        for deadline in deadlines
        if (line := lines.get(deadline.pk))
    ]
