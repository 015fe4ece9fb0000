from __future__ import annotations

from django.contrib import admin

from agreements.models import Approval, Clause, ClauseText, Version
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin


@admin.register(Version)
class VersionAdmin(TrackedReadOnlyAdmin):
    list_display = ["agreement", "seq", "label", "state", "frozen_at", "author", "short_hash"]
    list_filter = ["state"]
    list_select_related = ["agreement", "author__person"]
    search_fields = ["^agreement__reference", "agreement__title", "=label", "sha256"]
    date_hierarchy = "frozen_at"


@admin.register(Clause)
class ClauseAdmin(ReadOnlyAdmin):
    list_display = ["key", "agreement"]
    list_select_related = ["agreement"]
    search_fields = ["key", "^agreement__reference", "agreement__title"]


@admin.register(ClauseText)
class ClauseTextAdmin(TrackedReadOnlyAdmin):
    list_display = ["heading", "kind", "status", "version", "position", "edited_by", "edited_at"]
    list_filter = ["kind", "status"]
    list_select_related = ["version__agreement", "edited_by__person"]
    search_fields = ["heading", "body", "^version__agreement__reference"]
    date_hierarchy = "edited_at"


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    list_display = ["version", "party", "decision", "decider", "decided_on", "recorded_by"]
    list_filter = ["decision", "route"]
    list_select_related = ["version__agreement", "party", "recorded_by__person"]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["^version__agreement__reference", "decider", "minute_reference"]
    date_hierarchy = "decided_on"
