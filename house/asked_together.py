"""Several reads in one statement, where parts of a page ask that do not know of each other.

A part that reads something is a generator: it yields its querysets and is sent their rows. Those of
all parts are read together, so that a page costs one statement more for each round of questions,
however many rooms there are (record 0081).
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from house.once import read_together

# What a function of the database is given at once.
MOST = 50
Answer = TypeVar("Answer")
Rows = list[Any]
Asking = Generator[Sequence[QuerySet[Any, Any]], list[Rows], Answer]

# What PostgreSQL writes into JSON as text and psycopg2 gives as this.
_FROM_TEXT: dict[str, Any] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
}


@read_together()
def ask_together(askings: Sequence[Asking[Answer]]) -> list[Answer]:
    """What each comes to, in their order (one statement for each round of questions)."""
    answers: dict[int, Answer] = {}
    sent: dict[int, list[Rows] | None] = dict.fromkeys(range(len(askings)))
    while sent:
        wanted: dict[int, Sequence[QuerySet[Any, Any]]] = {}
        for place, rows in sent.items():
            try:
                wanted[place] = askings[place].send(rows)  # type: ignore[arg-type]
            except StopIteration as done:
                answers[place] = done.value
        found = iter(read_in_one([each for of_one in wanted.values() for each in of_one]))
        sent = {place: [next(found) for _ in of_one] for place, of_one in wanted.items()}
    return [answers[place] for place in range(len(askings))]


def ask_alone(asking: Asking[Answer]) -> Answer:
    """What one of them comes to by itself."""
    return ask_together([asking])[0]


def read_in_one(querysets: Sequence[QuerySet[Any, Any]]) -> list[Rows]:
    """The rows of each, as it gives them by itself; what it prefetches it reads by itself."""
    reads = [_Read(each.all()) for each in querysets]
    asked = [read for read in reads if read.sql]
    if len(asked) == 1:
        return [list(read.queryset) if read.sql else [] for read in reads]
    if asked:
        _fetch(asked)
    return [read.rows for read in reads]


class _Read:
    """One queryset with its statement; with none where it can have no rows."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.queryset, self.rows = queryset, list[Any]()
        self.compiler: Any = queryset.query.get_compiler(using=queryset.db)
        self.on_postgres = self.compiler.connection.vendor == "postgresql"
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()

    @property
    def columns(self) -> list[str]:
        return [f"c{number}" for number in range(len(self.compiler.select))]

    @property
    def listed(self) -> str:
        """One row as a list of lists: no function takes more than a hundred values."""
        make = "JSON_BUILD_ARRAY" if self.on_postgres else "JSON_ARRAY"
        few = [self.columns[n : n + MOST] for n in range(0, len(self.columns), MOST)]
        return f"{make}({', '.join(_call(make, each) for each in few)})"

    def take(self, listed: list[list[list[Any]]]) -> None:
        """Makes of these values what the queryset makes of what the database gives it."""
        fields = [column.output_field for column, *_ in self.compiler.select]
        rows = [
            [self._raw(*pair) for pair in zip(fields, chain(*row), strict=True)] for row in listed
        ]
        self.compiler.execute_sql = lambda *_, **__: [rows]
        self.queryset.query.get_compiler = lambda *_, **__: self.compiler  # type: ignore[method-assign]
        self.rows = list(self.queryset)

    def _raw(self, field: Any, value: Any) -> Any:
        """The value as the database gives it by itself."""
        kind = field.get_internal_type()
        if value is None:
            return None
        if kind == "JSONField":
            return value if isinstance(value, str) and not self.on_postgres else json.dumps(value)
        made = _FROM_TEXT.get(kind) if self.on_postgres else None
        return made(value) if made else value


def _call(function: str, values: Sequence[str]) -> str:
    return f"{function}({', '.join(values)})"


def _fetch(reads: Sequence[_Read]) -> None:
    """Each statement is a table of its own, and each of these one value: a list of its rows."""
    connection = connections[reads[0].queryset.db]
    listed = "JSON_AGG" if reads[0].on_postgres else "JSON_GROUP_ARRAY"
    tables = [f"{_call(f'q{n}', read.columns)} AS ({read.sql})" for n, read in enumerate(reads)]
    values = [
        f"(SELECT {listed}({read.listed}) FROM q{n})"  # noqa: S608 - Django wrote what is asked
        for n, read in enumerate(reads)
    ]
    with connection.cursor() as cursor:
        params = [param for read in reads for param in read.params]
        cursor.execute(f"WITH {', '.join(tables)} SELECT {', '.join(values)}", params)
        row = cursor.fetchone()
    for read, found in zip(reads, row, strict=True):
        read.take((json.loads(found) if isinstance(found, str) else found) or [])
