from __future__ import annotations

from django.db import models

from house.tracked import keep_history
from parties.models.dated import Dated
from parties.models.people import Person


class Absence(Dated):
    """A person is away from one day to another: mail for them goes to their deputy."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")

    history = keep_history()

    class Meta(Dated.Meta):
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person} is away"
