"""Models whose edits people must be able to look back on (django-simple-history).

Bulk writes leave no history, so a tracked model refuses them; `create_all` and `save_all` are
the bulk writes that write history too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from house.actor import current_user
from house.once import forget_about

M = TypeVar("M", bound=models.Model)
_with_history: ContextVar[bool] = ContextVar("with_history", default=False)


class TrackedQuerySet(models.QuerySet[M]):
    """Refuses the writes that would leave no history."""

    def update(self, **kwargs: Any) -> int:
        self._refuse_without_history("save() each row, or use house.tracked.save_all")
        return super().update(**kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        self._refuse_without_history("use house.tracked.create_all")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse_without_history("use house.tracked.save_all")
        return super().bulk_update(*args, **kwargs)

    def _refuse_without_history(self, instead: str) -> None:
        if not _with_history.get():
            raise TypeError(f"{self.model.__name__} is tracked: {instead}, so that it has history.")


def create_all(rows: Sequence[M]) -> list[M]:
    """Inserts new rows of one tracked model, with their history, in two statements."""
    if not rows:
        return []
    with _writing_history(type(rows[0])):
        made: list[M] = bulk_create_with_history(rows, type(rows[0]), default_user=history_user())
    return made


def save_all(rows: Sequence[M], fields: Sequence[str]) -> None:
    """Saves these fields of rows that were loaded whole, with their history."""
    if not rows:
        return
    with _writing_history(type(rows[0])):
        bulk_update_with_history(rows, type(rows[0]), fields, default_user=history_user())


@contextmanager
def _writing_history(model: type[models.Model]) -> Iterator[None]:
    token = _with_history.set(True)
    try:
        yield
    finally:
        _with_history.reset(token)
        # Many written at once send no signal.
        forget_about(model)


def history_user(**_: Any) -> Any:
    """Who a history row names: whoever acts now, otherwise the system account."""
    return current_user() or get_user_model().objects.system()


def keep_history(**kwargs: Any) -> HistoricalRecords:
    """The history field of a tracked model; every row of it names a user."""
    return HistoricalRecords(get_user=history_user, **kwargs)
