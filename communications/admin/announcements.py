"""Announcements for system administrators: dates and states, and no word that is under embargo."""

from __future__ import annotations

from django.contrib import admin

from communications.models import Announcement, ConcernedAgreement, Move, Release
from house.admin import ReadOnlyAdmin

OWNED = ["announcement__owner"]


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    """Without its history: that would show the title, which is the owner's until release."""

    list_display = ["public_id", "kind", "owner", "state", "planned_for", "planned_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["owner", "planned_by__person"]
    list_prefetch_related = ["owner__names"]
    search_fields = ["owner__names__name", "^concerned__agreement__reference"]
    date_hierarchy = "planned_for"
    exclude = ["title", "withdrawn_because"]


@admin.register(ConcernedAgreement)
class ConcernedAgreementAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "announcement", "lead_hours", "share_by", "reached_at"]
    list_select_related = ["agreement", *OWNED]
    list_prefetch_related = ["announcement__owner__names"]
    search_fields = ["^agreement__reference", "announcement__owner__names__name"]
    date_hierarchy = "share_by"
    exclude = ["short_because"]


@admin.register(Move)
class MoveAdmin(ReadOnlyAdmin):
    list_display = ["announcement", "moved_from", "moved_to", "moved_by", "at"]
    list_select_related = [*OWNED, "moved_by__person"]
    list_prefetch_related = ["announcement__owner__names"]
    search_fields = ["announcement__owner__names__name"]
    date_hierarchy = "at"
    exclude = ["because"]


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """The final text is the parties' to read, in the portal."""

    list_display = ["announcement", "released_at", "marked_by", "marked_at"]
    list_select_related = [*OWNED, "marked_by__person"]
    list_prefetch_related = ["announcement__owner__names"]
    search_fields = ["announcement__owner__names__name"]
    date_hierarchy = "released_at"
    exclude = ["text"]
