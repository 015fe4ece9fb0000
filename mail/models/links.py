from __future__ import annotations

import uuid

from django.db import models

from house import clock
from house.wall import WalledQuerySet, WhoAsks


class SentLinkQuerySet(WalledQuerySet["SentLink"]):
    def visible_to(self, acting: WhoAsks) -> SentLinkQuerySet:
        """Those that were sent in the business of the organisation. None of them shows its link."""
        return self.filter(organisation_id=acting.organisation_id or 0)


class SentLink(models.Model):
    """A link for one thing, as it was sent to one address.

    The link itself is not kept: its secret follows from the portal's key, `key` and `generation`,
    so that an e-mail that is sent again carries the same one, and here stands its hash alone. When
    the generation moves, what was sent before no longer works.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What it is good for (mail.links.purposes), and about what, as its room names it.
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    address = models.EmailField()
    # In whose business it was sent: a plain number, as of an e-mail.
    organisation_id = models.BigIntegerField(null=True, blank=True)
    generation = models.PositiveIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True, blank=True)
    # A sentence for whoever opens it then.
    recalled_because = models.CharField(max_length=300, blank=True)
    # When somebody did with it what it is good for, once for all.
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SentLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject", "address"], name="sent_link_once_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject}"

    @property
    def is_old(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def works(self) -> bool:
        """Whether it opens its page for acting, and not only for reading what became of it."""
        return self.recalled_at is None and not self.is_old


class LinkCode(models.Model):
    """A one-time code for a link, sent to the address of the link alone. Its hash is kept."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(SentLink, models.PROTECT, related_name="codes")
    code_sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"code for {self.link}"
