"""Groups of people: teams behind one address, and bodies that decide."""

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


class Body(models.Model):
    """A board or committee that decides, for one organisation or for several."""

    class Kind(models.TextChoices):
        GOVERNING_BODY = "governing_body", "Governing Body or board"
        COMMITTEE = "committee", "Committee"
        JOINT_COMMITTEE = "joint_committee", "Joint committee"
        COMMITTEE_IN_COMMON = "committee_in_common", "Committee in common"
        GROUP = "group", "Group"

    COMMITTEES = (Kind.COMMITTEE, Kind.JOINT_COMMITTEE, Kind.COMMITTEE_IN_COMMON, Kind.GROUP)

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    organisations: models.ManyToManyField[Organisation, models.Model] = models.ManyToManyField(
        Organisation, through="BodyOrganisation", related_name="bodies"
    )
    # How long before a meeting its papers are to be with the secretary; None: nobody has said.
    papers_days = models.PositiveSmallIntegerField("days for papers", null=True, blank=True)
    papers_in_working_days = models.BooleanField(
        "days for papers are working days", default=True, db_default=True
    )

    objects = TrackedQuerySet["Body"].as_manager()
    history = keep_history()

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BodyOrganisation(Dated):
    """A body decides for this organisation."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="served")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="served_by")

    history = keep_history()

    def __str__(self) -> str:
        return f"{self.body} for {self.organisation}"


class Seat(Dated):
    """A place on a body, held by a person for an organisation; empty while nobody holds it."""

    class Kind(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice chair"
        CLINICAL = "clinical", "Clinical member"
        EXECUTIVE = "executive", "Executive member"
        LAY = "lay", "Lay member"
        ATTENDEE = "attendee", "In attendance"

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    voting = models.BooleanField("may vote", default=True)

    history = keep_history()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.body}: {self.person or 'vacant'}"
