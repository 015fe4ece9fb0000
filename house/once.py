"""What a page or a service reads once, however many of its parts ask for it.

The parts of a page come from rooms that do not know of each other: the section of a room and its
answer to "is this kept?" rest on the same rows. So do the steps of a service.

What is kept never outlives the page or the service, and says nothing of who may see it: whoever
asks has come through the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

Asked = ParamSpec("Asked")
Read = TypeVar("Read")
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

# Whole reads of a page; and what was read by key, on a page or in a service.
_reads: ContextVar[dict[Any, Any] | None] = ContextVar("reads", default=None)
_by_key: ContextVar[dict[Any, dict[Any, Any]] | None] = ContextVar("by_key", default=None)
_resting_on: dict[type[models.Model], list[Any]] = {}


@contextmanager
def one_page() -> Iterator[None]:
    """What is read in the block holds until its end: for requests that only show something."""
    reads, by_key = _reads.set({}), _by_key.set({})
    try:
        yield
    finally:
        _reads.reset(reads)
        _by_key.reset(by_key)


@contextmanager
def read_together() -> Iterator[None]:
    """What is read by key in the block holds until its end, or that of the page or job around."""
    if _by_key.get() is not None:
        yield
        return
    by_key = _by_key.set({})
    try:
        yield
    finally:
        _by_key.reset(by_key)


@contextmanager
def one_job() -> Iterator[None]:
    """The transaction of a service, in which what is read by key holds; an inner one is part of it.

    What the service itself writes is read anew (`each_once`), and so is everything after an inner
    job that failed: its rows are rolled back. Lock first: what was read before the lock may be from
    before another's change.
    """
    is_inner = _by_key.get() is not None and transaction.get_connection().in_atomic_block
    with read_together():
        try:
            with transaction.atomic(savepoint=not is_inner):
                yield
        except BaseException:
            forget()
            raise


def once_a_page(read: Callable[Asked, Read]) -> Callable[Asked, Read]:
    """A read that `one_page` makes once; elsewhere it is made each time.

    It takes what can be hashed, by place, and nobody changes what it gives.
    """

    @wraps(read)
    def kept(*asked: Asked.args, **named: Asked.kwargs) -> Read:
        known = _reads.get()
        if known is None:
            return read(*asked, **named)
        key = (kept, *asked)
        if key not in known:
            known[key] = read(*asked, **named)
        return cast("Read", known[key])

    return kept


class EachOnce(Generic[Key, Value]):
    """A read of many by key that keeps, in a page or job, what it has read (`each_once`)."""

    def __init__(self, read: Callable[[Collection[Key]], Mapping[Key, Value]]) -> None:
        self.read, self.__doc__ = read, read.__doc__

    def __call__(self, asked: Iterable[Key]) -> dict[Key, Value]:
        wanted, known = dict.fromkeys(asked), self._known()
        if lacking := [key for key in wanted if key not in known]:
            known.update(self.read(lacking))
        return {key: known[key] for key in wanted}

    def brought(self, values: Mapping[Key, Value]) -> None:
        """Another read of the page or job brought these too."""
        self._known().update(values)

    def _known(self) -> dict[Key, Value]:
        by_key = _by_key.get()
        return {} if by_key is None else by_key.setdefault(self, {})


def each_once(
    *rests_on: type[models.Model],
) -> Callable[[Callable[[Collection[Key]], Mapping[Key, Value]]], EachOnce[Key, Value]]:
    """A read of many by key: in a page or job it asks for what it lacks and for nothing twice.

    It gives a value for every key that it is asked for, which nobody changes. As soon as a row of a
    model that it rests on is written, all that it gave is forgotten.
    """

    def keeping(
        read: Callable[[Collection[Key]], Mapping[Key, Value]],
    ) -> EachOnce[Key, Value]:
        kept = EachOnce(read)
        for model in rests_on:
            _resting_on.setdefault(model, []).append(kept)
            post_save.connect(_written, sender=model)
            post_delete.connect(_written, sender=model)
        return kept

    return keeping


def forget() -> None:
    """What was read by key is read anew: rows were rolled back, or changed unseen."""
    if (by_key := _by_key.get()) is not None:
        by_key.clear()


def forget_about(model: type[models.Model]) -> None:
    """Rows of this model were written: what rests on them is read anew."""
    by_key = _by_key.get()
    for kept in _resting_on.get(model, ()) if by_key else ():
        by_key.pop(kept, None)  # type: ignore[union-attr]


def _written(sender: type[models.Model], **_: Any) -> None:
    forget_about(sender)
