from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models.parties import Party, PartySpell
from agreements.models.wall import BehindTheWall
from house import clock
from house.wall import WhoAsks
from parties.models import Organisation, Person
from parties.models.dated import holds_on


class ProposalQuerySet(BehindTheWall["ContactProposal"]):
    def still_open(self) -> ProposalQuerySet:
        return self.filter(answer="")

    def visible_to(self, acting: WhoAsks) -> ProposalQuerySet:
        """For who proposed it, and for the party that it is about; not for the others."""
        spells = PartySpell.objects.filter(holds_on(clock.today()), party=OuterRef("party"))
        own = Exists(spells.filter(organisation=acting.organisation_id or 0))
        seen: ProposalQuerySet = super().visible_to(acting)  # type: ignore[assignment]
        return seen.filter(Q(proposed_for=acting.organisation_id or 0) | Q(own))


class ContactProposal(models.Model):
    """Somebody whom one party named as another's key contact.

    Nothing of the other party is written: it, or the person, says that it is so.
    """

    TO_AGREEMENT = "party__agreement"

    class Answer(models.TextChoices):
        NAMED = "named", "Named"
        NOT_NAMED = "not_named", "Not named"

    party = models.ForeignKey(Party, models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=40)
    # As it was typed; `person` where somebody was chosen whom both parties know already.
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    # Nobody, where the person answered by the link.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "role", "proposed_for"],
                condition=Q(answer=""),
                name="contact_proposal_once_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.name}, proposed"
