from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models.parties import Party
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from house import clock
from house.tracked import keep_history
from parties.models import Person, Team
from parties.models.dated import Dated, holds_on


class KeyContactQuerySet(TrackedBehindTheWall["KeyContact"]):
    def current(self) -> KeyContactQuerySet:
        """Those who hold their role today. Whoever was replaced on their first day does not."""
        return self.filter(holds_on(clock.today())).exclude(starts_on=F("ends_on"))

    def lasting(self) -> KeyContactQuerySet:
        """Those who hold it and are not known to leave."""
        return self.current().filter(ends_on=None)


class KeyContact(Dated):
    """Who to turn to: a person or a team, in one role for one party, with a deputy (A27)."""

    TO_AGREEMENT = "party__agreement"

    party = models.ForeignKey(Party, models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=40)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="key_contacts"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="key_contacts"
    )
    deputy = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="deputy_contacts"
    )
    job_title = models.CharField(max_length=120, blank=True)
    # Given where the terms ask for them, by the contact's own party alone.
    phone = models.CharField(
        "telephone number", max_length=40, blank=True, default="", db_default=""
    )
    postal_address = models.TextField(max_length=400, blank=True, default="", db_default="")

    objects = KeyContactQuerySet.as_manager()  # type: ignore[assignment,misc]
    history = keep_history()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(team=None), name="key_contact_person_or_team"
            ),
            models.UniqueConstraint(
                fields=["party", "role"], condition=Q(ends_on=None), name="key_contact_once_open"
            ),
        ]

    @property
    def is_current(self) -> bool:
        """As the query set has it: whoever was replaced on their first day never held the role."""
        return super().is_current and self.starts_on != self.ends_on

    @property
    def address(self) -> str:
        """The e-mail address that mail for this contact goes to; empty when none is known."""
        if self.team:
            return self.team.address
        return self.person.email if self.person else ""

    def __str__(self) -> str:
        return f"{self.role}: {self.person or self.team}"


class ContactConfirmation(models.Model):
    """A word on a key contact: that they still are it, or no longer (A27). Never changed."""

    TO_AGREEMENT = "contact__party__agreement"

    class Answer(models.TextChoices):
        RIGHT = "right", "Still right"
        CHANGED = "changed", "Right, with new details"
        NO_LONGER = "no_longer", "No longer"

    class Way(models.TextChoices):
        BY_LINK = "by_link", "By the link in an e-mail"
        ON_PAGE = "on_page", "On the page of contacts"

    contact = models.ForeignKey(KeyContact, models.PROTECT, related_name="confirmations")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    # Who confirmed it on the page; by the link the contact does so, who may have no account.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who should be asked instead, as the contact said. Their own party alone reads it.
    suggestion = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = BehindTheWall["ContactConfirmation"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="by_link", user=None) | Q(way="on_page", user__isnull=False),
                name="contact_confirmed_on_page_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_answer_display().lower()}"
