"""Indexes and statistics that migrations change while the portal serves; here alone the databases
differ.

On PostgreSQL neither stops who writes. Their migrations have `atomic = False`, and can be run again
when one was cut short.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import AddIndex, RemoveIndex
from django.db.migrations.operations.base import Operation


class AddIndexLive(AddIndex):
    """`AddIndex` for a table that may be long."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor != "postgresql":
            super().database_forwards(label, editor, before, after)
            return
        model = after.apps.get_model(label, self.model_name)
        # What a build leaves behind that did not end is there, but serves nobody.
        editor.remove_index(model, self.index, concurrently=True)
        editor.add_index(model, self.index, concurrently=True)


class RemoveIndexLive(RemoveIndex):
    """`RemoveIndex` for a table that may be read for long."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor != "postgresql":
            super().database_forwards(label, editor, before, after)
            return
        rows = before.models[label, self.model_name_lower]
        index = rows.get_index_by_name(self.name)
        editor.remove_index(before.apps.get_model(label, self.model_name), index, concurrently=True)


class DropLikeIndex(Operation):
    """Drops the second index that Django gives a unique or indexed text on PostgreSQL.

    It serves LIKE 'begins with…' in the exact case, which the portal asks for nowhere, and is as
    large as the first. The field stays as it is, and so does the state of the models.
    """

    reversible = True

    def __init__(self, model_name: str, field_name: str) -> None:
        self.model_name, self.field_name = model_name, field_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor == "postgresql":
            model, field = self._of(label, after)
            name = editor._create_index_name(model._meta.db_table, [field.column], suffix="_like")
            editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {editor.quote_name(name)}")

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(editor._create_like_index_sql(*self._of(label, after)))

    def describe(self) -> str:
        return f"Drop the LIKE index on {self.field_name} of {self.model_name}"

    def _of(self, label: str, state: Any) -> tuple[Any, Any]:
        model = state.apps.get_model(label, self.model_name)
        return model, model._meta.get_field(self.field_name)


class CountEachValue(Operation):
    """Makes PostgreSQL count how often each value of a column occurs, for up to 1,000 of them.

    By itself it knows the hundred most frequent. Of any other organisation it then expects as many
    rows as the rest have on average, and reads a whole table for one that has five agreements.
    """

    reversible = True
    VALUES = 1_000

    def __init__(self, model_name: str, field_name: str) -> None:
        self.model_name, self.field_name = model_name, field_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        self._count(label, editor, after, self.VALUES)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        self._count(label, editor, after, -1)

    def describe(self) -> str:
        return f"Count each value of {self.field_name} of {self.model_name}"

    def _count(self, label: str, editor: Any, state: Any, values: int) -> None:
        if editor.connection.vendor != "postgresql":
            return
        model = state.apps.get_model(label, self.model_name)
        table = editor.quote_name(model._meta.db_table)
        column = editor.quote_name(model._meta.get_field(self.field_name).column)
        editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {values}")
        editor.execute(f"ANALYZE {table}")
