"""Records of data that parties share (A05): what, from whom to whom, why and by which law.

They describe an arrangement. No patient's data is ever in them.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models.agreement import Agreement
from agreements.models.emptied import but_emptied
from agreements.models.parties import Party
from agreements.models.shared_facts import Word
from agreements.models.wall import BehindTheWall
from house.triggers import Trigger
from parties.models import Organisation


class DataSharing(models.Model):
    """One arrangement, for as long as the data is shared; what it says is in its entries."""

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="data_sharing")
    number = models.PositiveIntegerField()
    # Who recorded it: no other party changes it, and this one is reminded of its review.
    kept_by = models.ForeignKey(Party, models.PROTECT, related_name="data_sharing")
    # How many entries there are: a form carries the number that it was made from.
    edit_no = models.PositiveIntegerField(default=1)
    # The last day on which the data was shared; None of a record that was an error.
    ended_on = models.DateField("shared until", null=True, blank=True)
    is_error = models.BooleanField("entered in error", default=False)
    ended_at = models.DateTimeField("said to have ended", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.CharField(max_length=500, blank=True)

    objects = BehindTheWall["DataSharing"].as_manager()

    class Meta:
        ordering = ["agreement", "number"]
        verbose_name = "data-sharing record"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="data_sharing_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_at=None, ended_by=None, ended_for=None, ended_because="", ended_on=None,
                    is_error=False,
                )
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, ended_for__isnull=False)
                    & ~Q(ended_because="")
                    & (Q(is_error=True, ended_on=None) | Q(is_error=False, ended_on__isnull=False))
                ),
                name="data_sharing_ended_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"data-sharing record {self.number} of {self.agreement.reference}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class DataSharingEntry(models.Model):
    """What a record says from one moment on. Never changed: a change or a review is another one.

    A side of it without a party and without words is every other party. Entries with the same
    `content_no` say the same: what another party said of one holds for all of them.
    """

    TO_AGREEMENT = "record__agreement"

    class Law(models.TextChoices):
        UK_GDPR = "uk_gdpr", "UK GDPR and the Data Protection Act 2018"
        DPA_1998 = "dpa_1998", "Data Protection Act 1998, the law until 24 May 2018"

    class Basis(models.TextChoices):
        """Article 6(1) of the UK GDPR, by its points."""

        CONSENT = "a", "(a) The people concerned consent"
        CONTRACT = "b", "(b) A contract with the person needs it"
        OBLIGATION = "c", "(c) A legal obligation asks for it"
        VITAL = "d", "(d) It protects somebody's life"
        PUBLIC_TASK = "e", "(e) A task in the public interest, or official authority"
        LEGITIMATE = "f", "(f) Legitimate interests, not for a public authority's own tasks"

    class Special(models.TextChoices):
        """Article 9(2) of the UK GDPR, by its points."""

        CONSENT = "a", "(a) The people concerned consent explicitly"
        EMPLOYMENT = "b", "(b) Employment, social security and social protection law"
        VITAL = "c", "(c) It protects the life of somebody who cannot consent"
        MEMBERS = "d", "(d) A not-for-profit body and its members"
        PUBLISHED = "e", "(e) The person has made it public"
        CLAIMS = "f", "(f) Legal claims, or courts"
        PUBLIC_INTEREST = "g", "(g) Substantial public interest, by law"
        CARE = "h", "(h) Health or social care, or its management"
        PUBLIC_HEALTH = "i", "(i) Public health"
        RESEARCH = "j", "(j) Archives, research or statistics"

    record = models.ForeignKey(DataSharing, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField("number")
    content_no = models.PositiveIntegerField()
    what = models.TextField("what is shared", max_length=2_000)
    sender = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    sender_outside = models.CharField(max_length=200, blank=True)
    receiver = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    receiver_outside = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(max_length=2_000)
    law = models.CharField(max_length=8, choices=Law.choices)
    basis = models.CharField("lawful basis", max_length=1, choices=Basis.choices, blank=True)
    special = models.CharField(
        "condition for special category data", max_length=1, choices=Special.choices, blank=True
    )
    # Of the Act of 1998: which conditions of its Schedules 2 and 3.
    conditions = models.CharField(max_length=500, blank=True)
    confidentiality = models.CharField("confidentiality basis", max_length=500, blank=True)
    dpia = models.CharField("impact assessment", max_length=200, blank=True)
    safeguards = models.TextField(max_length=2_000)
    agreed_on = models.DateField("date of the arrangement")
    # When it was last looked at; None before that was ever recorded.
    reviewed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    # What was changed and why, or what the review found.
    because = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = BehindTheWall["DataSharingEntry"].as_manager()

    class Meta:
        ordering = ["record", "-seq"]
        verbose_name_plural = "data sharing entries"
        constraints = [
            models.UniqueConstraint(fields=["record", "seq"], name="data_sharing_entry_once"),
            models.CheckConstraint(
                condition=(Q(sender=None) | Q(sender_outside=""))
                & (Q(receiver=None) | Q(receiver_outside="")),
                name="data_sharing_each_end_one",
            ),
            models.CheckConstraint(
                condition=Q(law="uk_gdpr", conditions="") & ~Q(basis="")
                | (Q(law="dpa_1998", basis="", special="") & ~Q(conditions="")),
                name="data_sharing_basis_of_its_law",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq} of {self.record}"

    @property
    def is_review(self) -> bool:
        """Whether it says what the one before it said, and that somebody looked."""
        return self.content_no != self.seq


class DataSharingWord(Word):
    """Whether another party says that a record is right."""

    TO_AGREEMENT = "entry__record__agreement"

    entry = models.ForeignKey(DataSharingEntry, models.PROTECT, related_name="words")

    objects = BehindTheWall["DataSharingWord"].as_manager()

    class Meta:
        ordering = ["at", "pk"]


def newest_entries(**which: Any) -> models.QuerySet[DataSharingEntry]:
    """What each record says now, with the record at hand."""
    rows = DataSharingEntry.objects.filter(seq=F("record__edit_no"), **which)
    return rows.select_related("record").order_by("record__agreement", "record__number")


ENTRIES_STAY = but_emptied(
    Trigger(
        name="agreements_datasharingentry_never_changed",
        table="agreements_datasharingentry",
        events=("UPDATE", "DELETE"),
        message="What a data-sharing record said never changes: add a new entry.",
    ),
    words=(
        *("what", "sender_outside", "receiver_outside", "purpose", "conditions"),
        *("confidentiality", "dpia", "safeguards", "because"),
    ),
    stays=(
        *("record_id", "seq", "content_no", "sender_id", "receiver_id", "law", "basis", "special"),
        *("agreed_on", "reviewed_on", "review_on", "added_by_id", "added_for_id", "added_at"),
    ),
)
WORDS_STAY = but_emptied(
    Trigger(
        name="agreements_datasharingword_never_changed",
        table="agreements_datasharingword",
        events=("UPDATE", "DELETE"),
        message="What a party said of a data-sharing record never changes.",
    ),
    words=("reason",),
    stays=("entry_id", "organisation_id", "agrees", "user_id", "at", "by_link"),
)
