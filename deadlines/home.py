"""Deadlines as lines of the home page: the reader's own, and those that wait for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deadlines.kinds import todos_of
from deadlines.models import Deadline
from deadlines.queries import held_by_others, held_by_reader, who_acts, without_date
from house.room import Todo
from parties.acting import Acting

# A page of more than this helps nobody; what is nearest is there first.
MOST = 50


@dataclass(frozen=True)
class Due:
    """What is due, as lines. Where a list was cut, there is more of it later."""

    todos: list[Todo]
    mine_is_cut: bool
    others_is_cut: bool


def due_until(acting: Acting, until: date) -> Due:
    """The open deadlines up to a day, and those without one, as their rooms call them.

    A line that is not the reader's says for whom it waits: as its room knows it, else by the
    holders.
    """
    mine, others = without_date(acting, MOST)
    near = held_by_reader(acting, until, MOST)
    of_others = held_by_others(acting, until, MOST, [deadline.pk for deadline in near])
    mine, others = [*near, *mine], [*of_others, *others]
    lines = todos_of([*mine, *others], acting)
    named = who_acts([deadline.pk for deadline in others if deadline.pk in lines])
    todos = [*_lines(mine, lines, {}), *_lines(others, lines, named)]
    return Due(todos, len(near) >= MOST, len(of_others) >= MOST)


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
