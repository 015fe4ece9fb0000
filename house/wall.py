"""The base of the wall: who is asking, and the query set that starts from them.

Organisation membership is the wall (design record 0002). Every model that belongs to an
agreement has a query set with `visible_to`; views start from it and from nothing else.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class WhoAsks(Protocol):
    """A user acting for one organisation, or for none."""

    @property
    def user(self) -> Any: ...

    @property
    def organisation_id(self) -> int | None: ...


class WalledQuerySet(models.QuerySet[M]):
    """Rows that only some may see. Subclasses say which."""

    def visible_to(self, acting: WhoAsks) -> WalledQuerySet[M]:
        raise NotImplementedError(f"{self.model.__name__} must say who may see it.")
