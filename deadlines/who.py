"""Who has to see to deadlines, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from deadlines.models import Holder
from parties.models import Role
from parties.reader import holders, names


def who_acts(deadlines: Collection[int]) -> dict[int, str]:
    """Deadline id -> who has to see to it, by name (three queries, for any number).

    "Olga Other, Eastmoor CCG"; for a role whoever holds it, or the role where that is nobody.
    """
    acting_ones = Holder.objects.filter(deadline__in=deadlines, watches=False)
    found = list(acting_ones.select_related("person", "team").order_by("pk"))
    of_role, called = _holders_of_roles(found), names(row.organisation_id for row in found)
    sides: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for holder in found:
        sides[holder.deadline_id][called[holder.organisation_id]] += _names(holder, of_role)
    return {pk: " or ".join(_side(*each) for each in of.items()) for pk, of in sides.items()}


def _side(organisation: str, names: list[str]) -> str:
    return f"{' or '.join(dict.fromkeys(names))}, {organisation}"


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
