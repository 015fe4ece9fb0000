"""The wall of agreements: an organisation sees those that it has an `Access` row for."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from house.tracked import TrackedQuerySet
from house.wall import WalledQuerySet, WhoAsks

M = TypeVar("M", bound=models.Model)


class BehindTheWall(WalledQuerySet[M]):
    """Rows that belong to an agreement. The model's `TO_AGREEMENT` says through which fields."""

    def visible_to(self, acting: WhoAsks) -> BehindTheWall[M]:
        """One organisation has one access row for each agreement, so no row comes twice."""
        to_agreement: str = self.model.TO_AGREEMENT  # type: ignore[attr-defined]
        path = f"{to_agreement}__access__organisation".lstrip("_")
        return self.filter(**{path: acting.organisation_id or 0})


class TrackedBehindTheWall(TrackedQuerySet[M], BehindTheWall[M]):
    """The same for rows whose edits are kept: it refuses bulk writes too."""
