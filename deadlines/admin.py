from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from deadlines.models import (
    Concerned,
    Deadline,
    DigestLine,
    Holder,
    Holiday,
    LastSweep,
    MailPreference,
    Reminder,
)
from deadlines.services.holidays import days_moved_by
from deadlines.services.telling import take_up_again
from house.admin import (
    NothingDeleted,
    NothingWritten,
    ReadOnlyAdmin,
    TrackedAdmin,
    TrackedReadOnlyAdmin,
    try_each,
)
from nhsuk.words import plural


@admin.register(Holiday)
class HolidayAdmin(TrackedAdmin):
    list_display = ["day", "name", "calendar"]
    list_filter = ["calendar"]
    search_fields = ["name"]
    date_hierarchy = "day"

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        moved = days_moved_by(obj)
        messages.info(request, f"{plural(moved, 'open deadline')} moved because of this day.")


class OfDeadline(NothingWritten, NothingDeleted, admin.TabularInline):
    extra = 0
    can_delete = False


class HolderInline(OfDeadline):
    model = Holder


class ConcernedInline(OfDeadline):
    model = Concerned


class ReminderInline(OfDeadline):
    model = Reminder


@admin.register(Deadline)
class DeadlineAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject_key", "occurrence", "state", "due_on", "due_at", "generation"]
    list_filter = ["state", "kind"]
    search_fields = ["subject_key", "concerned__reference"]
    date_hierarchy = "due_on"
    inlines = [ConcernedInline, HolderInline, ReminderInline]


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """What was sent, what waits, what went wrong."""

    list_display = [
        "deadline",
        "offset",
        "generation",
        "send_at",
        "state",
        "taken_up_at",
        "problem",
    ]
    list_filter = ["state", "deadline__kind"]
    list_select_related = ["deadline"]
    search_fields = ["deadline__subject_key", "deadline__concerned__reference"]
    date_hierarchy = "send_at"
    actions = ["take_up_again"]

    @admin.action(description="Take up again what failed")
    def take_up_again(self, request: HttpRequest, reminders: QuerySet[Reminder]) -> None:
        """Those that are pending or were told stay as they are."""
        again = try_each(reminders, lambda each: take_up_again(actor=request.user, reminder=each))
        self.message_user(request, f"{again} of {len(reminders)} marked are pending again.")


@admin.register(Holder)
class HolderAdmin(ReadOnlyAdmin):
    list_display = ["deadline", "organisation", "person", "team", "role", "watches", "due_on"]
    list_filter = ["is_open", "watches"]
    list_select_related = ["deadline", "organisation", "person", "team"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name", "person__name"]


@admin.register(Concerned)
class ConcernedAdmin(ReadOnlyAdmin):
    list_display = ["reference", "deadline"]
    list_select_related = ["deadline"]
    search_fields = ["reference"]


@admin.register(LastSweep)
class LastSweepAdmin(ReadOnlyAdmin):
    list_display = ["name", "at"]
    search_fields = ["name"]


@admin.register(MailPreference)
class MailPreferenceAdmin(TrackedReadOnlyAdmin):
    list_display = ["person", "one_digest_a_day", "switched_off"]
    list_filter = ["one_digest_a_day"]
    list_select_related = ["person"]
    search_fields = ["person__name"]


@admin.register(DigestLine)
class DigestLineAdmin(ReadOnlyAdmin):
    list_display = ["person", "organisation", "day", "reminder"]
    list_select_related = ["person", "organisation", "reminder__deadline"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["person__name"]
    date_hierarchy = "day"
