"""Models whose edits people must be able to look back on (django-simple-history).

Bulk writes leave no history, so a tracked model refuses them; `create_all` and `save_all` are
the bulk writes that write history too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Max, Q
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from house import clock
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
        made: list[M] = bulk_create_with_history(
            rows, type(rows[0]), default_user=history_user(), default_date=clock.now()
        )
    return made


def save_all(rows: Sequence[M], fields: Sequence[str]) -> None:
    """Saves these fields of rows that were loaded whole, with their history."""
    if not rows:
        return
    with _writing_history(type(rows[0])):
        bulk_update_with_history(
            rows, type(rows[0]), fields, default_user=history_user(), default_date=clock.now()
        )


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


@receiver(pre_create_historical_record)
def _dated_by_the_clock(history_instance: Any, **_: Any) -> None:
    """What is recorded is recorded at the instant that the portal's one clock shows."""
    history_instance.history_date = clock.now()


def as_recorded(
    model: type[M], before: datetime, *, related: Sequence[str] = (), where: Q | None = None,
    **whose: Any,
) -> list[M]:  # fmt: skip
    """The rows as the record held them at the end of the moment before an instant (one query).

    `whose` says whose rows by what never changes in one, `where` what held of them then; `related`
    are read with them. Each is a row of the model with the values of then, which nobody saves. What
    did not exist yet, or was taken away again, is not among them.
    """
    return rows_of(recorded(model, before, related=related, where=where, **whose), related)


def recorded(
    model: type[models.Model], before: datetime, *, related: Sequence[str] = (),
    where: Q | None = None, **whose: Any,
) -> models.QuerySet[Any]:  # fmt: skip
    """The same as a query, to be read together with others; `rows_of` makes rows of what it
    gives."""
    history = model.history  # type: ignore[attr-defined]
    until = history.filter(history_date__lt=before, **whose).order_by()
    newest = until.values("id").annotate(newest=Max("history_id")).values("newest")
    rows = history.filter(where or Q(), history_id__in=newest).exclude(history_type="-")
    found: models.QuerySet[Any] = rows.select_related(*related).order_by("id")
    return found


def rows_of(found: Iterable[Any], related: Sequence[str] = ()) -> list[Any]:
    return [_row_of(each, related) for each in found]


def _row_of(recorded: Any, related: Sequence[str]) -> Any:
    row = recorded.instance
    for name in related:
        setattr(row, name, getattr(recorded, name))
    return row
