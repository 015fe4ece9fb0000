"""Numbers that tell by themselves which row of which table they mean, and of which unit.

For the time that the patterns are made, every table counts from a number of its own:
1 | three digits for the table | two for the unit | four for the row. Such a number stands nowhere
by chance, and fits into the 32 bits that some keys have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

MOST_TABLES, MOST_UNITS, MOST_ROWS = 200, 100, 10_000
# Not inside a longer number or a hash. An underscore may stand before it: "agreement_17".
NUMBER = re.compile(r"(?<![0-9A-Za-z])1[01]\d{8}(?![0-9A-Za-z])")

_TABLES = """
    SELECT c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname)
    FROM pg_class c
    JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND i.indnatts = 1
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
    -- A signed copy links the audit: copied links would say the same place twice.
    AND c.relname <> 'audit_link'
    ORDER BY c.relname
"""


class Mention(NamedTuple):
    """The row that a number means."""

    table: int
    unit: int
    row: int


@dataclass(frozen=True)
class Table:
    """A table that numbers its rows."""

    place: int
    name: str
    key: str
    sequence: str

    def first_of(self, unit: int) -> int:
        """The number of the unit's first row."""
        return 1_000_000_000 + (self.place * MOST_UNITS + unit) * MOST_ROWS


def tables() -> list[Table]:
    """By name: the text of a clause comes before the version that closes it (record 0008)."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [Table(place, *row) for place, row in enumerate(cursor.fetchall())]


def mention(number: str) -> Mention:
    """What a number that `NUMBER` found means."""
    place, row = divmod(int(number) - 1_000_000_000, MOST_ROWS)
    return Mention(*divmod(place, MOST_UNITS), row)


def count_from(unit: int, of: list[Table]) -> None:
    """From now on new rows are numbered as this unit's."""
    with connection.cursor() as cursor:
        for table in of:
            cursor.execute("SELECT setval(%s, %s, false)", [table.sequence, table.first_of(unit)])


def count_on(of: list[Table]) -> None:
    """New rows follow the newest that there is. Sequences are not rolled back: call it after."""
    with connection.cursor() as cursor:
        for table in of:
            cursor.execute(
                f"SELECT setval(%s, coalesce(max({table.key}), 0) + 1, false) "  # noqa: S608
                f"FROM {table.name}",
                [table.sequence],
            )
