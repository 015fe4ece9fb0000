"""What was sent to many: to look at only. Its pages in the portal change it."""

from __future__ import annotations

from django.contrib import admin

from agreements.models import Issue, IssueDecision, IssueLine, IssueNews, IssueShare
from house.admin import ReadOnlyAdmin


@admin.register(Issue)
class IssueAdmin(ReadOnlyAdmin):
    list_display = ["title", "organisation", "state", "text_is_fixed", "created_at", "sent_at"]
    list_select_related = ["organisation"]
    list_prefetch_related = ["organisation__names"]
    list_filter = ["state", "text_is_fixed"]
    search_fields = ["title", "organisation__names__name"]
    date_hierarchy = "created_at"


@admin.register(IssueShare)
class IssueShareAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "issue", "state", "answered_at", "chased_on"]
    list_select_related = ["organisation", "issue"]
    list_prefetch_related = ["organisation__names"]
    list_filter = ["state"]
    search_fields = ["issue__title", "organisation__names__name"]


@admin.register(IssueLine)
class IssueLineAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "issue", "agreement", "made_at", "opened_at", "end"]
    list_select_related = ["organisation", "issue", "agreement"]
    list_prefetch_related = ["organisation__names"]
    list_filter = ["end"]
    search_fields = ["issue__title", "organisation__names__name", "^agreement__reference"]


@admin.register(IssueDecision)
class IssueDecisionAdmin(ReadOnlyAdmin):
    list_display = ["share", "decided_on", "minute_reference", "recorded_by"]
    list_select_related = ["share__issue", "share__organisation", "recorded_by__person"]
    list_prefetch_related = ["share__organisation__names"]
    search_fields = ["share__issue__title", "minute_reference"]


@admin.register(IssueNews)
class IssueNewsAdmin(ReadOnlyAdmin):
    list_display = ["happening", "day"]
    list_select_related = ["happening__agreement"]
    search_fields = ["happening__verb", "^happening__agreement__reference"]
    date_hierarchy = "day"
