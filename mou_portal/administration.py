"""What the administration site has besides the rooms' own pages, and what it leaves out."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from django.http import HttpRequest

from audit.services import write_entry


def set_up() -> None:
    """Called once, when every room has registered its pages."""
    # Rights come from memberships, and the address from the account: neither is set there.
    site.unregister([Group, EmailAddress, Authenticator])
    site.register(Authenticator, AuthenticatorAdmin)
    post_save.connect(_write_into_audit, sender=LogEntry)


class AuthenticatorAdmin(ModelAdmin):
    """Second factors. A lost one can be deleted; what it is made of is never shown."""

    fields = ("user", "type", "created_at", "last_used_at")
    readonly_fields = ("user", "type", "created_at", "last_used_at")
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user__person"]
    search_fields = ["user__email", "user__person__name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
