"""State changes: a declared table of steps, and one `move()` under a row lock.

A page asks the same table whether to show a button (`Lifecycle.allows`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from house.refusals import Refused

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Transition:
    """One named change of state: from any of `sources` to `target`."""

    sources: frozenset[str]
    target: str


@dataclass(frozen=True)
class Lifecycle:
    """The steps of one model's `state` field; `noun` names the thing in refusals."""

    noun: str
    steps: Mapping[str, Transition]

    def allows(self, step: str, state: str) -> bool:
        return state in self.steps[step].sources


def step(*sources: str, to: str) -> Transition:
    return Transition(frozenset(sources), to)


def lock(instance: M) -> M:
    """The same row, read again and locked until the transaction ends.

    On SQLite the lock is the IMMEDIATE transaction itself: it is the only writer. On PostgreSQL
    rows that point to this one can still be written by others: two people who each wrote one and
    then lock this row would otherwise wait for each other.
    """
    manager: models.Manager[M] = type(instance)._default_manager
    return manager.select_for_update(no_key=True).get(pk=instance.pk)


def move(instance: Any, name: str, *, lifecycle: Lifecycle, **changes: Any) -> None:
    """Takes one step: locks the row, checks its state as it is now, writes state and `changes`.

    Works on the caller's instance, which afterwards holds what the database holds.
    Raises Refused when another person's step came first or the table has no such step.
    """
    with transaction.atomic(savepoint=False):
        current = lock(instance)
        # What the caller read may be old, and history writes down the whole row.
        for column in current._meta.concrete_fields:
            setattr(instance, column.attname, getattr(current, column.attname))
        if lifecycle.allows(name, instance.state):
            move_locked(instance, name, lifecycle=lifecycle, **changes)
            return
    # Outside: whoever catches a refusal may go on in the transaction.
    raise _refusal(instance, lifecycle)


def move_locked(instance: Any, name: str, *, lifecycle: Lifecycle, **changes: Any) -> None:
    """The same with a row that the service has locked already, and holds as it was locked."""
    if not lifecycle.allows(name, instance.state):
        raise _refusal(instance, lifecycle)
    instance.state = lifecycle.steps[name].target
    for field, value in changes.items():
        setattr(instance, field, value)
    instance.save(update_fields=["state", *changes])


def _refusal(instance: Any, lifecycle: Lifecycle) -> Refused:
    state = instance.get_state_display().lower()
    return Refused(f"This {lifecycle.noun} is {state} now, so this can no longer be done.")
