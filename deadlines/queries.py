"""What is due for somebody: read from the open holders of the organisation that they act for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Case, Q, QuerySet, When

from deadlines.models import Deadline, Holder, Reminder
from parties.acting import Acting
from parties.models import Role, TeamMember
from parties.reader import holders


def held_by_reader(acting: Acting, until: date, most: int) -> list[Deadline]:
    """Open deadlines up to a day that the reader has to see to, the nearest first.

    They are the reader's own, their teams', those of a role that they hold. At most `most`.
    """
    return _dated(_open(acting).filter(_is_readers(acting)), until, most)


def held_by_others(acting: Acting, until: date, most: int, mine: Iterable[int]) -> list[Deadline]:
    """Open deadlines that the organisation knows of and somebody else sees to, without `mine`."""
    of_others = _open(acting).exclude(_is_readers(acting)).exclude(deadline__in=list(mine))
    return _dated(of_others, until, most)


def without_date(acting: Acting, most: int) -> tuple[list[Deadline], list[Deadline]]:
    """Open deadlines that wait without a date: the reader's, then those of others."""
    is_readers = Case(When(_is_readers(acting), then=True), default=False)
    rows = _open(acting).filter(due_on=None).annotate(is_readers=is_readers)
    found = rows.select_related("deadline").order_by("-is_readers", "deadline_id")[:most]
    mine = {row.deadline_id: row.deadline for row in found if row.is_readers}
    others = {row.deadline_id: row.deadline for row in found if row.deadline_id not in mine}
    return list(mine.values()), list(others.values())


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


def _dated(holders: QuerySet[Holder], until: date, most: int) -> list[Deadline]:
    """Without what has no date: a range of the index alone is quick however much is further off."""
    soon = holders.filter(due_on__lte=until).select_related("deadline")
    rows = soon.order_by("due_on", "deadline_id")[:most]
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
