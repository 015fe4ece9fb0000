from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agreements.models.agreement import Party
from agreements.models.wall import TrackedBehindTheWall
from house import clock
from house.tracked import keep_history
from parties.models import Person, Team
from parties.models.dated import Dated, holds_on


class KeyContactQuerySet(TrackedBehindTheWall["KeyContact"]):
    def current(self) -> KeyContactQuerySet:
        """Those who hold their role today. Whoever was replaced on their first day does not."""
        return self.filter(holds_on(clock.today())).exclude(starts_on=F("ends_on"))


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
