"""That somebody left an organisation, and what became of each thing that they held."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from house.wall import WalledQuerySet, WhoAsks
from parties.models.organisations import Organisation
from parties.models.people import Person


class DepartureQuerySet(WalledQuerySet["Departure"]):
    def visible_to(self, acting: WhoAsks) -> DepartureQuerySet:
        """For the organisation that they left: what was whose there is nobody else's matter."""
        return self.filter(organisation=acting.organisation_id or 0)


class Departure(models.Model):
    """One act by which all that a person held in the organisation was handed over: a record."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="departures")
    last_day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} leaves {self.organisation}"


class HandedOverQuerySet(WalledQuerySet["HandedOver"]):
    def visible_to(self, acting: WhoAsks) -> HandedOverQuerySet:
        return self.filter(departure__organisation=acting.organisation_id or 0)


class HandedOver(models.Model):
    """One thing that they held: who follows, or what came of it without a successor."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="things")
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=300, blank=True)
    sheet = models.CharField("handover sheet", max_length=300, blank=True)
    successor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    otherwise = models.CharField("without a successor", max_length=200, blank=True)
    # Somebody could have followed, and nobody does.
    is_vacant = models.BooleanField(default=False)

    objects = HandedOverQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "things handed over"
        ordering = ["departure", "pk"]

    def __str__(self) -> str:
        return self.text
