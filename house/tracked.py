"""Models whose edits people must be able to look back on (django-simple-history).

Bulk writes leave no history, so on a tracked model they refuse: use
`simple_history.utils.bulk_create_with_history` and its sisters, which go through `untracked`.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import models
from simple_history.models import HistoricalRecords

from house.actor import current_user

M = TypeVar("M", bound=models.Model)


class TrackedQuerySet(models.QuerySet[M]):
    """Refuses the writes that would leave no history."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError(f"{self.model.__name__} is tracked: save() each row, so that it has history.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        raise TypeError(f"{self.model.__name__} is tracked: use bulk_create_with_history.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise TypeError(f"{self.model.__name__} is tracked: use bulk_update_with_history.")


def history_user(instance: Any = None, request: Any = None, **_: Any) -> Any:
    """Who a history row names: whoever acts now, otherwise the system account."""
    return current_user() or get_user_model().objects.system()  # type: ignore[attr-defined]


def keep_history(**kwargs: Any) -> HistoricalRecords:
    """The history field of a tracked model; every row of it names a user."""
    return HistoricalRecords(get_user=history_user, **kwargs)
