from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models

from documents.uploads import BroughtPdf, Mended
from house import clock
from house.wall import WalledQuerySet, WhoAsks

# A copy waits for as long as a form may: whoever left it brings the file again.
WAITS_FOR: Final = timedelta(days=2)
MOST_WAITING: Final = 3
LONGEST_NAME: Final = 200


class SentForm(models.Model):
    """A form that was carried out: sent again, it leads to where it led, and acts no more.

    The row is written in the transaction of the act. Of what was typed it holds a digest alone.
    """

    # Of the form's key, where it was sent to, and what it held (web/sent_forms.py).
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    leads_to = models.CharField(max_length=2_000, blank=True)

    objects = models.Manager["SentForm"]()

    def __str__(self) -> str:
        return f"form sent at {self.at:%Y-%m-%d %H:%M}"


class MendedUploadQuerySet(WalledQuerySet["MendedUpload"]):
    def visible_to(self, acting: WhoAsks) -> MendedUploadQuerySet:
        """Whoever brought the file, and nobody else: it belongs to nothing yet."""
        return self.filter(reader=acting.user.pk, at__gte=clock.now() - WAITS_FOR)

    def keep(self, copy: bytes, mended: Mended, *, name: str, reader: Any) -> MendedUpload:
        """Both files until the form is sent again; of each reader the newest few alone."""
        row = self.create(
            reader=reader,
            name=name[:LONGEST_NAME],
            original=mended.original,
            copy=copy,
            faults=list(mended.faults),
            pages=mended.pages,
            at=clock.now(),
        )
        newest = self.filter(reader=reader).order_by("-at", "-pk").values_list("pk", flat=True)
        self.filter(reader=reader).exclude(pk__in=list(newest[:MOST_WAITING])).delete()
        self.drop_old()
        return row

    def drop_old(self) -> None:
        self.filter(at__lt=clock.now() - WAITS_FOR).delete()


class MendedUpload(models.Model):
    """A PDF that was damaged or locked, and its copy, until somebody has compared them."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    original = models.BinaryField()
    copy = models.BinaryField()
    faults = models.JSONField(default=list)
    pages = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)

    objects = MendedUploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"PDF brought at {self.at:%Y-%m-%d %H:%M}"

    @property
    def brought(self) -> BroughtPdf:
        mended = Mended(bytes(self.original), tuple(self.faults), self.pages)
        return BroughtPdf(bytes(self.copy), mended)
