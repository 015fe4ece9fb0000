"""A stage that many tests begin with: made once a process by the services, then put back as rows.

To bring an agreement to its signatures takes the services 300 statements, to put its rows back 40.
Only the first thing that a test makes is put back, in the portal as it is. What follows it, and
what is made with rooms of a test's own or where there are people already, the services make.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from house import clock, once
from house.rooms import rooms
from parties.models import Organisation, User
from tests.cast import Cast

Made = TypeVar("Made")
Rows = dict[str, tuple[list[str], set[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Stage:
    """The cast, what was made for it, and the rows of both: table -> columns and rows."""

    cast: Cast
    made: Any
    rows: Rows


_stages: dict[Hashable, Stage] = {}


def put_back(make: Callable[..., Made]) -> Callable[..., Made]:
    """A maker whose rows are kept, where it is asked for first and with nothing but the cast."""

    @wraps(make)
    def stage(cast: Cast, *how: Any, **more: Any) -> Made:
        if how or more or not _comes_first(cast):
            return make(cast, *how, **more)
        key = (make, _when(), tuple(room.name for room in rooms()))
        if known := _stages.get(key):
            return _restored(known, cast)
        before = all_rows()
        made = make(cast)
        _stages[key] = Stage(*deepcopy((cast, made)), _added(before, all_rows()))
        return made

    return stage


def _when() -> date | datetime:
    """The day; of a clock that a test has set, the instant."""
    runs = abs(clock.now() - timezone.now()) < timedelta(seconds=10)
    return clock.today() if runs else clock.now()


def _comes_first(cast: Cast) -> bool:
    return (
        not vars(cast).keys() - {"made"}
        and not any(type(room).__module__.startswith("tests.") for room in rooms())
        and not Organisation.objects.exists()
        and not User.objects.exists()
    )


def _restored(stage: Stage, cast: Cast) -> Any:
    insert(stage.rows)
    once.forget()
    again, made = deepcopy((stage.cast, stage.made))
    vars(cast).update(vars(again))
    return made


def insert(rows: Rows) -> None:
    """In the order of the tables' names: clauses come before the version that closes itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in sorted(rows.items()):
            row = f"({', '.join(['%s'] * len(columns))})"
            into, all_rows = ", ".join(columns), ", ".join([row] * len(values))
            cursor.execute(
                f"INSERT INTO {table} ({into}) VALUES {all_rows}",  # noqa: S608 - our own names
                [value for each in values for value in each],
            )


def all_rows() -> Rows:
    with connection.cursor() as cursor:
        return {
            table: _rows_of(table, cursor) for table in connection.introspection.table_names(cursor)
        }


def _rows_of(table: str, cursor: Any) -> tuple[list[str], set[tuple[Any, ...]]]:
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name from the database itself
    columns = [f'"{column[0]}"' for column in cursor.description]
    return columns, set(cursor.fetchall())


def _added(before: Rows, after: Rows) -> Rows:
    changed = {table for table, (_, rows) in before.items() if rows - after[table][1]}
    assert not changed, f"These had rows before, and the stage changed them: {changed}"
    added = {t: (columns, rows - before[t][1]) for t, (columns, rows) in after.items()}
    return {table: (columns, rows) for table, (columns, rows) in added.items() if rows}
