from __future__ import annotations

from django.db import models

from house.tracked import TrackedQuerySet, keep_history
from parties.models.dated import Dated
from parties.models.organisations import Organisation
from parties.models.people import Person


class Team(models.Model):
    """People behind one shared address, such as the press office."""

    class Purpose(models.TextChoices):
        PRESS = "press", "Press"
        FOI = "foi", "Freedom of information"
        PRIMARY_CARE = "primary_care", "Primary care"
        BOARD_SECRETARY = "board_secretary", "Board secretary"
        OTHER = "other", "Another purpose"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    name = models.CharField(max_length=120)
    address = models.EmailField("shared e-mail address")

    objects = TrackedQuerySet["Team"].as_manager()
    history = keep_history()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="team_name_once",
                violation_error_message="This organisation has a team of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(Dated):
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="teams")

    history = keep_history()

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"
