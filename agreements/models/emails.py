"""E-mails as evidence (X12): what was put on which thing, by whom, and the others' word on it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from agreements.models.agreement import Agreement
from agreements.models.shared_facts import Word
from documents.models import StoredFile
from house.rooms import rooms
from house.triggers import Trigger, declare
from house.wall import WalledQuerySet, WhoAsks, there_is
from parties.models import Organisation

# Clocks differ by so much: what was sent later than that after it was put here has a wrong one.
TOLERANCE: Final = timedelta(minutes=15)


class TakesEmails(Protocol):
    """What a room answers for one kind of things that e-mails are put on, as their wall asks it;
    the rest is in `agreements.core.emailing`."""

    @property
    def key(self) -> str:
        """Names the kind in rows and addresses, for ever: "change"."""

    def visible(self, acting: WhoAsks) -> models.QuerySet[Any]:
        """The things whose e-mails the reader may read."""


def takers() -> Mapping[str, TakesEmails]:
    """By their keys the kinds of things that e-mails are put on, of all rooms."""
    return {each.key: each for room in rooms() for each in room.takes_emails()}


def _seen(taker: TakesEmails, acting: WhoAsks, to_email: str = "") -> Q:
    things = taker.visible(acting).filter(pk=OuterRef(f"{to_email}thing"))
    return Q(**{f"{to_email}kind": taker.key}) & there_is(things)


class SavedEmailQuerySet(WalledQuerySet["SavedEmail"]):
    def visible_to(self, acting: WhoAsks) -> SavedEmailQuerySet:
        """Those on things whose e-mails the reader may read, whatever kind they are of."""
        every = (_seen(each, acting) for each in takers().values())
        return self.filter(reduce(or_, every, Q(pk__in=())))

    def on(self, taker: TakesEmails, *things: int, acting: WhoAsks) -> SavedEmailQuerySet:
        """The same, of things of one kind."""
        return self.filter(_seen(taker, acting), thing__in=things)


class SavedEmail(models.Model):
    """A saved e-mail that somebody put on a thing. What it says is what its file says: nobody has
    checked it. Only that it was entered in error is added, and to what it was moved."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # What it is about: a kind of `takers()` and the id of the thing.
    kind = models.CharField(max_length=20)
    thing = models.BigIntegerField()
    # The agreement of the thing; None where it may be about several.
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="saved_emails"
    )
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="saved_email")
    sha256 = models.CharField("hash of the file", max_length=64)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    recipients = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Minutes that the zone which it names is ahead of UTC; None where it names none.
    sent_offset = models.SmallIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=500, blank=True)
    text = models.TextField(max_length=100_000, blank=True)
    # Name, type and size of each; the first of them, where there are very many.
    attachments = models.JSONField(default=list)
    attachment_count = models.PositiveIntegerField(default=0)
    # Keys of documents.emails.FINDINGS.
    findings = models.JSONField(default=list)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    put_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    # From whom it came to the address of the agreement; the user is the portal's own then.
    by_mail = models.CharField(max_length=320, blank=True)
    error_at = models.DateTimeField("entered in error", null=True, blank=True)
    error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_because = models.CharField(max_length=500, blank=True)

    objects = SavedEmailQuerySet.as_manager()

    class Meta:
        ordering = ["put_at", "pk"]
        indexes = [models.Index(fields=["kind", "thing"], name="saved_email_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing", "sha256"],
                condition=Q(error_at=None),
                name="saved_email_once",
            ),
            models.CheckConstraint(
                condition=Q(error_at=None, error_by=None, error_because="")
                | (Q(error_at__isnull=False, error_by__isnull=False) & ~Q(error_because="")),
                name="saved_email_error_whole",
            ),
        ]

    def __str__(self) -> str:
        """Without its subject: what some alone may read stands in no list of the administration."""
        return f"e-mail {self.public_id.hex[:8]} on {self.kind} {self.thing}"

    @property
    def is_error(self) -> bool:
        return self.error_at is not None

    @property
    def is_from_the_future(self) -> bool:
        """It says that it was sent after it was put here."""
        return self.sent_at is not None and self.sent_at > self.put_at + TOLERANCE


class EmailWordQuerySet(WalledQuerySet["EmailWord"]):
    def visible_to(self, acting: WhoAsks) -> EmailWordQuerySet:
        every = (_seen(each, acting, "email__") for each in takers().values())
        return self.filter(reduce(or_, every, Q(pk__in=())))


class EmailWord(Word):
    """Whether another party says that an e-mail is what it seems to be."""

    email = models.ForeignKey(SavedEmail, models.PROTECT, related_name="words")

    objects = EmailWordQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]


_SAID: Final = (
    *("file_id", "sha256", "sender_name", "sender_address", "subject", "message_id", "text"),
    *("put_by_id", "put_for_id", "put_at", "by_mail", "attachment_count"),
)
SAVED_EMAIL_NEVER_CHANGED = declare(
    Trigger(
        name="agreements_savedemail_never_changed",
        table="agreements_savedemail",
        events=("UPDATE",),
        message="What a saved e-mail says does not change.",
        condition=" OR ".join(f"OLD.{each} <> NEW.{each}" for each in _SAID),
    )
)
SAVED_EMAIL_NEVER_GONE = declare(
    Trigger(
        name="agreements_savedemail_never_gone",
        table="agreements_savedemail",
        events=("DELETE",),
        message="A saved e-mail is entered in error, never deleted.",
    )
)
