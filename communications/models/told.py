from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models import Agreement, Party
from communications.models.heads_ups import (
    HeadsUp,
    HeadsUpAgreement,
    OfAgreementOfHeadsUp,
    OfHeadsUp,
)
from house.goes import GONE
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation, Person, Team


class CommitteeQuerySet(TrackedQuerySet["LocalCommittee"], WalledQuerySet["LocalCommittee"]):
    def visible_to(self, acting: WhoAsks) -> CommitteeQuerySet:
        """An organisation's own list."""
        return self.filter(organisation=acting.organisation_id or 0)

    def current(self) -> CommitteeQuerySet:
        return self.filter(ended_at=None)


class LocalCommittee(models.Model):
    """A local medical committee with its address, as one organisation keeps it (A12).

    It is no party and has no account: it reads by a link that is sent to the address.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="local_committees")
    name = models.CharField("committee or post", max_length=200)
    address = models.EmailField("e-mail address")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CommitteeQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address"],
                condition=Q(ended_at=None),
                name="local_committee_address_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeServesQuerySet(WalledQuerySet["CommitteeServes"]):
    def visible_to(self, acting: WhoAsks) -> CommitteeServesQuerySet:
        return self.filter(committee__organisation=acting.organisation_id or 0)


class CommitteeServes(models.Model):
    """The committee is that of the area of an agreement."""

    committee = models.ForeignKey(LocalCommittee, models.PROTECT, related_name="serves")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")

    objects = CommitteeServesQuerySet.as_manager()

    class Meta:
        verbose_name = "agreement of a local committee"
        verbose_name_plural = "agreements of local committees"
        constraints = [
            models.UniqueConstraint(fields=["committee", "agreement"], name="committee_serves_once")
        ]

    def __str__(self) -> str:
        return f"{self.committee}: {self.agreement.reference}"


class OwedTo(models.Model):
    """A party, or the local medical committee of its area, that is to be told under an agreement.

    `told_at` is when the first of its people was: by e-mail, as the outbox says when the sending is
    recorded, or otherwise, as somebody recorded it with `told_how`.
    """

    TO_HEADS_UP, TO_AGREEMENT = "concerned__heads_up", "concerned__agreement"

    concerned = models.ForeignKey(HeadsUpAgreement, models.PROTECT, related_name="owed")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    committee = models.ForeignKey(
        LocalCommittee, models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    told_how = models.CharField(max_length=200, blank=True)

    objects = OfAgreementOfHeadsUp["OwedTo"].as_manager()

    class Meta:
        verbose_name = "who is to be told"
        verbose_name_plural = "who is to be told"
        constraints = [
            models.CheckConstraint(
                condition=Q(party=None) ^ Q(committee=None), name="owed_to_party_or_committee"
            ),
            models.UniqueConstraint(
                fields=["concerned", "party"],
                condition=Q(committee=None),
                name="owed_to_party_once",
            ),
            models.UniqueConstraint(
                fields=["concerned", "committee"],
                condition=Q(party=None),
                name="owed_to_committee_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concerned}: {self.committee or self.party}"


class ToldQuerySet(TrackedQuerySet["Told"], OfHeadsUp["Told"]):
    def visible_to(self, acting: WhoAsks) -> ToldQuerySet:
        """The owner sees all of them, others those of their own side."""
        organisation = acting.organisation_id or 0
        own = Q(heads_up__owner=organisation) | Q(organisation=organisation)
        return self.filter(own, heads_up__in=HeadsUp.objects.visible_to(acting))


class Told(models.Model):
    """One address that a heads-up went to: a person, a team, or a local medical committee.

    Read and acknowledged by the page or, without an account, by the link that was sent there.
    """

    TO_HEADS_UP = "heads_up"
    # Since when it has it, where `feedback_told` read the row.
    mailed_at: datetime | None = None

    heads_up = models.ForeignKey(HeadsUp, models.PROTECT, related_name="told")
    owed: models.ManyToManyField[OwedTo, models.Model] = models.ManyToManyField(
        OwedTo, through="ToldFor", related_name="told"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    address = models.EmailField()
    # Completes "Why you get this: …".
    why = models.CharField(max_length=400)
    asked_at = models.DateTimeField("put into the outbox at")
    read_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_as = models.CharField(max_length=300, blank=True)

    objects = ToldQuerySet.as_manager()
    history = keep_history()

    class Meta:
        verbose_name = "who was told"
        verbose_name_plural = "who was told"
        ordering = ["pk"]
        constraints = [
            # Of one that was disposed of no address is left.
            models.UniqueConstraint(
                fields=["heads_up", "address"],
                condition=~Q(address=GONE),
                name="told_address_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.heads_up} to {self.name}"

    @property
    def dedupe(self) -> str:
        """The key of its e-mail in the outbox."""
        return f"heads_up_given:{self.pk}:{self.address}"


class ToldFor(models.Model):
    """Who is told by what goes to an address: somebody may be the contact under many agreements."""

    TO_HEADS_UP = "told__heads_up"

    told = models.ForeignKey(Told, models.PROTECT, related_name="for_whom")
    owed = models.ForeignKey(OwedTo, models.PROTECT, related_name="+")

    objects = OfHeadsUp["ToldFor"].as_manager()

    class Meta:
        verbose_name = "for whom somebody was told"
        verbose_name_plural = "for whom somebody was told"
        constraints = [models.UniqueConstraint(fields=["told", "owed"], name="told_for_once")]

    def __str__(self) -> str:
        return f"{self.told} for {self.owed}"
