"""What failed lately and wants a person: administrators read it first in Django admin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from agreements.models import Seal
from deadlines.models import Reminder
from house import clock
from mail.models import Delivery
from nhsuk.words import plural

# A failed e-mail stays in its list for good; the first page names it for so long.
LATELY: Final = timedelta(days=7)


@dataclass(frozen=True)
class Alarm:
    """How many rows of a kind there are, and the list that shows them."""

    sentence: str
    url: str


def alarms() -> list[Alarm]:
    """Those that have something to say. docs/operations.md says what each means."""
    return [alarm for alarm in _all(clock.now() - LATELY) if alarm]


def _all(since: datetime) -> Iterator[Alarm | None]:
    yield _alarm(Seal, "signed copy could not be made", "signed copies could not be made",
                 {"state__exact": "failed"})  # fmt: skip
    yield _alarm(Reminder, "reminder failed", "reminders failed",
                 {"state__exact": "failed", "next_try__gte": since})  # fmt: skip
    yield _alarm(Delivery, "e-mail failed", "e-mails failed",
                 {"state__exact": "failed", "created_at__gte": since})  # fmt: skip
    yield _alarm(Delivery, "e-mail was perhaps sent", "e-mails were perhaps sent",
                 {"state__exact": "maybe_sent", "next_try__isnull": True,
                  "created_at__gte": since})  # fmt: skip


def _alarm(model: type[Model], one: str, many: str, which: dict[str, Any]) -> Alarm | None:
    count = model._default_manager.filter(**which).count()
    if not count:
        return None
    meta = model._meta
    page = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return Alarm(f"{plural(count, one, many)}.", f"{page}?{urlencode(which)}")
