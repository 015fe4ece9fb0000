"""Database triggers: the last line of defence for rows that must not change any more.

A trigger is written once for each database, installed by a migration of the room that owns
the table, and can be taken off for as long as a test empties its tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.migrations.operations.base import Operation


@dataclass(frozen=True)
class Trigger:
    """Refuses `events` ("UPDATE", "DELETE", "INSERT") on rows of `table` where `condition` holds.

    `condition` is SQL over OLD or NEW that both databases understand; `message` says why.
    "TRUNCATE" refuses to empty the whole table, which SQLite has no such word for.
    """

    name: str
    table: str
    events: tuple[str, ...]
    message: str
    condition: str = "1 = 1"


_triggers: dict[str, Trigger] = {}


def declare(trigger: Trigger) -> Trigger:
    _triggers[trigger.name] = trigger
    return trigger


def declared() -> tuple[Trigger, ...]:
    return tuple(_triggers.values())


def install(trigger: Trigger, using: Any = connection) -> None:
    with using.cursor() as cursor:
        for statement in _statements(trigger, using.vendor):
            cursor.execute(statement)


def remove(trigger: Trigger, using: Any = connection) -> None:
    with using.cursor() as cursor:
        for event in trigger.events:
            on = f" ON {trigger.table}" if using.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}_{event.lower()}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """Takes every trigger off for the block. Only for tests that empty tables."""
    for trigger in declared():
        remove(trigger)
    try:
        yield
    finally:
        for trigger in declared():
            install(trigger)


class InstallTrigger(Operation):
    """Installs a trigger in a migration.

    An operation of its own: before a RunPython Django makes every model anew, which takes longer.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, trigger: Trigger) -> None:
        self.trigger = trigger

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        install(self.trigger, editor.connection)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        remove(self.trigger, editor.connection)

    def describe(self) -> str:
        return f"Install the trigger {self.trigger.name}"


class RemoveTrigger(InstallTrigger):
    """Takes a trigger off in a migration, for operations that it would hinder."""

    database_forwards = InstallTrigger.database_backwards
    database_backwards = InstallTrigger.database_forwards

    def describe(self) -> str:
        return f"Remove the trigger {self.trigger.name}"


def _statements(trigger: Trigger, vendor: str) -> Iterator[str]:
    message = trigger.message.replace("'", "''")
    if vendor == "postgresql":
        # The condition stands in the function: a WHEN there may not look into other tables.
        yield (
            f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {trigger.condition} THEN RAISE EXCEPTION '{message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for event in trigger.events:
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        head = (
            f"CREATE TRIGGER {trigger.name}_{event.lower()} BEFORE {event} ON {trigger.table} "
            f"FOR EACH {each}"
        )
        if vendor == "postgresql":
            yield f"{head} EXECUTE FUNCTION {trigger.name}()"
        elif event != "TRUNCATE":
            yield (f"{head} WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{message}'); END")
