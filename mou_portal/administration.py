"""What the administration site has besides the rooms' own pages, and what it leaves out.

Its first page begins with what failed lately and wants a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse

from agreements.models import Seal
from audit.services import write_entry
from deadlines.models import Reminder
from house import clock
from house.admin import NothingWritten
from jobs.models import JobRow
from mail.models import Delivery
from nhsuk.words import plural


def set_up() -> None:
    """Called once, when every room has registered its pages."""
    # Rights come from memberships, and the address from the account: neither is set there.
    site.unregister([Group, EmailAddress, Authenticator])
    # Applications come from the environment, tokens are not kept, identities are their people's.
    site.unregister([SocialApp, SocialToken, SocialAccount])
    site.register(Authenticator, AuthenticatorAdmin)
    post_save.connect(_write_into_audit, sender=LogEntry)


class AuthenticatorAdmin(NothingWritten, ModelAdmin):
    """Second factors. A lost one can be deleted; what it is made of is never shown."""

    fields = readonly_fields = list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ["type"]
    list_select_related = ["user__person"]
    search_fields = ["user__email", "user__person__name"]


def _write_into_audit(instance: LogEntry, **_: Any) -> None:
    """What a system administrator does here stands in the audit too: who, what, which fields."""
    write_entry(
        actor=instance.user,
        organisation_id=None,
        verb=f"administration: {instance.get_action_flag_display()}".lower(),
        about=_about(instance),
        payload={"fields": _changed_fields(instance.change_message)},
    )


def _about(entry: LogEntry) -> Any:
    """The row that the log entry is about, by its key alone: it may be deleted by now."""
    model = entry.content_type.model_class() if entry.content_type else None
    return model(pk=entry.object_id) if model else entry


def _changed_fields(message: str) -> list[str]:
    """The names of the fields, without what stands in them."""
    try:
        parts = json.loads(message or "[]")
    except ValueError:
        return []
    changes = [part.get("changed") or part.get("added") or {} for part in parts]
    return sorted({field for change in changes for field in change.get("fields", [])})


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
    yield _alarm(JobRow, "piece of a background job failed",
                 "pieces of background jobs failed",
                 {"state__exact": "failed", "job__started_at__gte": since})  # fmt: skip
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
