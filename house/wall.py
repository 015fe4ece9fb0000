"""The base of the wall: who is asking, and the query set that starts from them.

Organisation membership is the wall (design record 0002). Every model that belongs to an
agreement has a query set with `visible_to`; views start from it and from nothing else.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from django.db import models
from django.db.models import Q, Subquery
from django.db.models.lookups import IsNull

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


def there_is(rows: models.QuerySet[Any]) -> Q:
    """That there is such a row, asked for each row of the query around it by itself.

    `Exists` says the same, but a database may turn that round, and reads all that an organisation
    shares to answer for one person.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))
