"""How large an organisation is, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import models

from house.tracked import TrackedQuerySet, keep_history
from parties.models.organisations import Organisation


class Figure(models.Model):
    """So many practices or patients, as of a day (D01). A later figure never changes an earlier."""

    class Kind(models.TextChoices):
        PRACTICES = "practices", "Practices"
        MALES = "males", "Males"
        FEMALES = "females", "Females"
        POPULATION = "population", "Population"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="figures")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField()
    as_of = models.DateField("as of")

    objects = TrackedQuerySet["Figure"].as_manager()
    history = keep_history()

    class Meta:
        ordering = ["kind", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "as_of"],
                name="figure_once_a_day",
                violation_error_message="There is a figure of this kind for this day already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.number}"


def figures_on(organisations: Collection[int], day: date) -> dict[int, dict[str, Figure]]:
    """Organisation id -> its newest figure of each kind on a London day (one query)."""
    found: dict[int, dict[str, Figure]] = defaultdict(dict)
    known = Figure.objects.filter(organisation__in=organisations, as_of__lte=day)
    for figure in known.order_by("as_of", "pk"):
        found[figure.organisation_id][figure.kind] = figure
    return dict(found)
