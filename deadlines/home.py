"""Deadlines as lines of the home page: the reader's own, and those that wait for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from deadlines.kinds import todos_of
from deadlines.models import Deadline
from deadlines.queries import held_by_others, held_by_reader, who_acts
from house.room import Todo
from parties.acting import Acting

# A page of more than this helps nobody; what is nearest is there first.
MOST = 200


def todos_until(acting: Acting, until: date) -> list[Todo]:
    """The open deadlines up to a day, and those without one, as their rooms call them.

    A line that is not the reader's says for whom it waits: as its room knows it, else by the
    holders.
    """
    mine = held_by_reader(acting, until, MOST)
    others = held_by_others(acting, until, MOST, [deadline.pk for deadline in mine])
    lines = todos_of([*mine, *others], acting)
    named = who_acts([deadline.pk for deadline in others if deadline.pk in lines])
    return [*_lines(mine, lines, {}), *_lines(others, lines, named)]


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
