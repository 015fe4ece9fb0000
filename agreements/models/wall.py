"""The wall of agreements: an organisation sees those that it has an `Access` row for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from house.tracked import TrackedQuerySet
from house.wall import WalledQuerySet, WhoAsks, there_is

if TYPE_CHECKING:
    from agreements.models.agreement import Access

M = TypeVar("M", bound=models.Model)


class BehindTheWall(WalledQuerySet[M]):
    """Rows that belong to an agreement. The model's `TO_AGREEMENT` says through which fields."""

    def visible_to(self, acting: WhoAsks) -> BehindTheWall[M]:
        """Asked of the access rows alone: a join would go by way of the agreement's row."""
        return self.filter(Exists(self._access(acting)))

    def each_visible_to(self, acting: WhoAsks) -> BehindTheWall[M]:
        """The same, asked of each row by itself: for the few rows of one person (`there_is`)."""
        return self.filter(there_is(self._access(acting)))

    def _access(self, acting: WhoAsks) -> models.QuerySet[Access]:
        from agreements.models.agreement import Access

        to_agreement: str = self.model.TO_AGREEMENT  # type: ignore[attr-defined]
        return Access.objects.filter(
            organisation=acting.organisation_id or 0, agreement=OuterRef(to_agreement or "pk")
        )


class TrackedBehindTheWall(TrackedQuerySet[M], BehindTheWall[M]):
    """The same for rows whose edits are kept: it refuses bulk writes too."""
