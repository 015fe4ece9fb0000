"""Drafts for system administrators: who has one and who read it, never what it says."""

from __future__ import annotations

from django.contrib import admin

from communications.models import Acknowledgement, Comment, Draft, Read, Share
from house.admin import ReadOnlyAdmin

OWNED = ["draft__announcement__owner"]
NAMES = ["draft__announcement__owner__names", "organisation__names"]
SEARCH = ["organisation__names__name", "draft__announcement__owner__names__name"]


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    list_display = ["announcement", "number", "made_by", "made_at"]
    list_select_related = ["announcement__owner", "made_by__person"]
    list_prefetch_related = ["announcement__owner__names"]
    search_fields = ["announcement__owner__names__name", "made_by__person__name"]
    date_hierarchy = "made_at"
    exclude = ["text"]


@admin.register(Share)
class ShareAdmin(ReadOnlyAdmin):
    list_display = ["draft", "organisation", "person", "team", "shared_by", "shared_at", "ended_at"]
    list_select_related = [*OWNED, "organisation", "person", "team", "shared_by__person"]
    list_prefetch_related = NAMES
    search_fields = [*SEARCH, "person__name", "team__name"]
    date_hierarchy = "shared_at"


@admin.register(Read)
class ReadAdmin(ReadOnlyAdmin):
    list_display = ["at", "reader", "organisation", "draft", "how"]
    list_filter = ["how"]
    list_select_related = [*OWNED, "organisation", "reader__person"]
    list_prefetch_related = NAMES
    search_fields = [*SEARCH, "reader__person__name"]
    date_hierarchy = "at"


@admin.register(Acknowledgement)
class AcknowledgementAdmin(ReadOnlyAdmin):
    list_display = ["at", "reader", "organisation", "draft"]
    list_select_related = [*OWNED, "organisation", "reader__person"]
    list_prefetch_related = NAMES
    search_fields = [*SEARCH, "reader__person__name"]
    date_hierarchy = "at"


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["at", "author", "by_organisation", "organisation", "draft"]
    list_select_related = [*OWNED, "organisation", "by_organisation", "author__person"]
    list_prefetch_related = [*NAMES, "by_organisation__names"]
    search_fields = [*SEARCH, "author__person__name"]
    date_hierarchy = "at"
    exclude = ["text"]
