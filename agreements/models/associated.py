"""The documents that an agreement is read with (B03): who keeps each, and its versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models.agreement import Agreement
from agreements.models.emptied import but_emptied
from agreements.models.parties import Party
from agreements.models.wall import BehindTheWall
from documents.models import StoredFile
from house.triggers import Trigger
from nhsuk.dates import day
from parties.models import Organisation


class AssociatedDocument(models.Model):
    """A document of the list, for as long as it stands there; what it says is in its versions."""

    TO_AGREEMENT = "agreement"

    class Kind(models.TextChoices):
        SCHEME_OF_DELEGATION = "scheme_of_delegation", "Scheme of delegation"
        TERMS_OF_REFERENCE = "terms_of_reference", "Terms of reference"
        ROLES = "roles", "Roles and responsibilities"
        LOCAL_AGREEMENT = "local_agreement", "Local agreement"
        STRATEGY = "strategy", "Strategy"
        POLICY = "policy", "Policy or procedure"
        GUIDANCE = "guidance", "National guidance"
        OTHER = "other", "Another document"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="associated_documents")
    # Who keeps it up to date, and is reminded of its review.
    kept_by = models.ForeignKey(Party, models.PROTECT, related_name="associated_documents")
    # That party's own document: no other replaces it, or takes it off the list.
    is_own = models.BooleanField("own document of the party that keeps it")
    kind = models.CharField(max_length=24, choices=Kind.choices, default=Kind.OTHER)
    # The key of the document in the terms that it is, where the text names it.
    term = models.CharField(max_length=40, blank=True)
    # How many versions there were: a form carries the number that it was made from.
    edit_no = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField("taken off the list", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.CharField(max_length=500, blank=True)

    objects = BehindTheWall["AssociatedDocument"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_for=None, ended_because="")
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, ended_for__isnull=False)
                    & ~Q(ended_because="")
                ),
                name="associated_document_ended_whole",
            )
        ]

    def __str__(self) -> str:
        return f"document {self.pk} of {self.agreement.reference}"

    @property
    def is_listed(self) -> bool:
        return self.ended_at is None


class DocumentVersion(models.Model):
    """What a listed document was from one day on: a file, an address, or promised by a day (C09).
    Never changed."""

    TO_AGREEMENT = "document__agreement"

    document = models.ForeignKey(AssociatedDocument, models.PROTECT, related_name="versions")
    seq = models.PositiveIntegerField("number")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="document_versions"
    )
    link = models.CharField("address", max_length=500, blank=True)
    # Its version as it calls itself: "1.4", "final, March 2015".
    label = models.CharField("version", max_length=60, blank=True)
    dated_on = models.DateField("date", null=True, blank=True)
    review_on = models.DateField("date of review", null=True, blank=True)
    # Of one that is not there yet: by when it is to follow.
    follows_by = models.DateField("to follow by", null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = BehindTheWall["DocumentVersion"].as_manager()

    class Meta:
        ordering = ["document", "-seq"]
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="document_version_seq_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="", follows_by=None)
                | (Q(file=None, follows_by=None) & ~Q(link=""))
                | Q(file=None, link="", follows_by__isnull=False),
                name="document_version_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.seq} here"

    @property
    def called(self) -> str:
        """Its title as a text prints it: of one that is promised with the day."""
        return (
            f"{self.title} (to follow by {day(self.follows_by)})" if self.follows_by else self.title
        )


def newest_versions(**which: Any) -> models.QuerySet[DocumentVersion]:
    """The version of today of each document, with the document at hand."""
    rows = DocumentVersion.objects.filter(seq=F("document__edit_no"), **which)
    return rows.select_related("document", "file").order_by("document")


# As it was before there were disposals: former migrations install it.
DOCUMENT_VERSION_NEVER_CHANGED = Trigger(
    name="agreements_documentversion_never_changed",
    table="agreements_documentversion",
    events=("UPDATE", "DELETE"),
    message="What a listed document was never changes: add a new version.",
)
DOCUMENT_VERSIONS_STAY = but_emptied(
    DOCUMENT_VERSION_NEVER_CHANGED,
    words=("title", "link", "label", "because"),
    stays=(
        "document_id",
        "seq",
        "file_id",
        "dated_on",
        "review_on",
        "follows_by",
        "added_by_id",
        "added_for_id",
        "added_at",
    ),
)
