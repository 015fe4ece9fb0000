from __future__ import annotations

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models

from agreements.models.templates import TemplateVersion
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from parties.models import Organisation
from parties.models.dated import Dated


class AgreementQuerySet(TrackedBehindTheWall["Agreement"]):
    def taking_acts(self) -> AgreementQuerySet:
        return self.filter(state__in=Agreement.TAKING_ACTS)

    def with_duties(self) -> AgreementQuerySet:
        return self.filter(state__in=Agreement.WITH_DUTIES)


class Agreement(models.Model):
    """A memorandum of understanding between its parties.

    What its state means to the rooms stands in three sets: nobody else compares states for it.
    """

    TO_AGREEMENT = ""

    class State(models.TextChoices):
        BEING_PREPARED = "being_prepared", "Being prepared"
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Ended"

    # Parties act under it: they plan, meet, review, record actions, disagree.
    TAKING_ACTS = frozenset({State.IN_FORCE})
    # What it asks for falls due: reviews, meetings, confirmations of contacts.
    WITH_DUTIES = frozenset({State.IN_FORCE})
    # Work on it has come to an end: nothing is edited, and nobody is asked for anything.
    OVER = frozenset({State.ENDED})

    class Origin(models.TextChoices):
        DRAFTED = "drafted", "Drafted here"
        REGISTERED = "registered", "Registered from a signed copy"

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="agreements")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.DRAFTED)
    state = models.CharField(max_length=16, choices=State.choices, default=State.BEING_PREPARED)
    start_on = models.DateField("date of sign-off", null=True, blank=True)
    review_on = models.DateField("date of review", null=True, blank=True)
    end_on = models.DateField("end", null=True, blank=True)
    ended_how = models.CharField(max_length=300, blank=True)
    in_force_version = models.OneToOneField(
        "Version", models.PROTECT, null=True, blank=True, related_name="in_force_for"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AgreementQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["reference"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    @property
    def takes_acts(self) -> bool:
        return self.state in self.TAKING_ACTS

    @property
    def has_duties(self) -> bool:
        return self.state in self.WITH_DUTIES

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def is_registered(self) -> bool:
        return self.origin == self.Origin.REGISTERED


AGREEMENT_LIFECYCLE = Lifecycle(
    "agreement",
    {
        "come_into_force": step("being_prepared", to="in_force"),
        "stop_preparing": step("being_prepared", to="ended"),
    },
)


class Party(models.Model):
    """A side of the agreement. Which organisation holds it, and when, is in its spells."""

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    slot = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    objects = BehindTheWall["Party"].as_manager()

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "slot"], name="party_slot_once")
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def organisation(self) -> Organisation:
        """Who holds this side today; the last holder once nobody does. As this row read it."""
        spells = sorted(self.spells.all(), key=lambda spell: spell.starts_on or date.min)
        held = [spell for spell in spells if spell.is_current]
        return (held or spells)[-1].organisation

    @property
    def name(self) -> str:
        return self.organisation.name


class PartySpell(Dated):
    """An organisation holds a side of an agreement from one day to another."""

    TO_AGREEMENT = "party__agreement"

    party = models.ForeignKey(Party, models.PROTECT, related_name="spells")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="party_spells")

    objects = TrackedBehindTheWall["PartySpell"].as_manager()  # type: ignore[assignment,misc]
    history = keep_history()

    def __str__(self) -> str:
        return f"{self.organisation} as {self.party.label}"


class Access(models.Model):
    """The wall and the list's row in one: this organisation sees this agreement.

    `state` and `vacant_roles` repeat what the agreement's own rows say, `next_due_on` and
    `next_due_kind` the nearest date that this organisation has to see to, so that the list is one
    index scan; the services that change them write both, and a test compares.
    """

    TO_AGREEMENT = "agreement"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="access")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="access")
    state = models.CharField(max_length=16, choices=Agreement.State.choices)
    next_due_on = models.DateField(null=True, blank=True)
    # The kind of deadline that is due then; empty without one. The database has the default too:
    # during an upgrade the former version still writes rows.
    next_due_kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    # Contact roles that the terms require and nobody holds, on all sides together.
    vacant_roles = models.PositiveSmallIntegerField(default=0)

    objects = BehindTheWall["Access"].as_manager()

    class Meta:
        verbose_name_plural = "access"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement"], name="access_once")
        ]
        indexes = [
            models.Index(fields=["organisation", "next_due_on", "agreement"]),
            models.Index(fields=["organisation", "state", "next_due_on", "agreement"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.agreement}"
