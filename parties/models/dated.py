"""What holds from one day to another: both days included, no end means "until further notice"."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q

from house import clock
from house.tracked import TrackedQuerySet

M = TypeVar("M", bound=models.Model)


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on a London day; `prefix` reaches it through a join."""
    started = Q(**{f"{prefix}starts_on__lte": day}) | Q(**{f"{prefix}starts_on": None})
    not_ended = Q(**{f"{prefix}ends_on__gte": day}) | Q(**{f"{prefix}ends_on": None})
    return started & not_ended


class DatedQuerySet(TrackedQuerySet[M]):
    def on(self, day: date) -> DatedQuerySet[M]:
        """The rows that hold on a London calendar day."""
        return self.filter(holds_on(day))

    def current(self) -> DatedQuerySet[M]:
        return self.on(clock.today())


class Dated(models.Model):
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("to", null=True, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_start",
                violation_error_message="The last day is before the first day.",
            )
        ]

    def holds_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )

    @property
    def is_current(self) -> bool:
        return self.holds_on(clock.today())
