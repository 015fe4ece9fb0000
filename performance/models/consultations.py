from __future__ import annotations

from django.db import models

from agreements.models import Party
from agreements.models.wall import BehindTheWall
from performance.models.requests import Request


class Consultation(models.Model):
    """What a request under the Freedom of Information Act 2000 asks of whom the information came
    from (A06). Who made it is nowhere recorded."""

    TO_AGREEMENT = "request__agreement"

    class View(models.TextChoices):
        """How the view of the party that was asked stood when it was decided."""

        OPEN = "", "Not decided yet"
        CAME = "came", "The view came first"
        OVERDUE = "overdue", "The day for the view had passed"
        BEFORE = "before", "Decided before the view came"

    request = models.OneToOneField(Request, models.PROTECT, related_name="consultation")
    # The authority's own: "FOI-2014-032".
    reference = models.CharField(max_length=60)
    source = models.ForeignKey(Party, models.PROTECT, related_name="consultations")
    view_by = models.DateField(null=True, blank=True)
    viewed_on = models.DateField(null=True, blank=True)
    decided_with = models.CharField(max_length=10, choices=View.choices, blank=True)
    decision = models.CharField(max_length=10, blank=True)

    objects = BehindTheWall["Consultation"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"consultation {self.reference}"
