"""Templates and texts of agreements, with what was decided about them."""

from __future__ import annotations

from django.contrib import admin

from agreements.models import (
    Approval,
    Clause,
    ClauseText,
    Template,
    TemplateClause,
    TemplateGrant,
    TemplateVersion,
    Version,
)
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin


@admin.register(Template)
class TemplateAdmin(TrackedReadOnlyAdmin):
    list_display = ["name", "organisation", "key"]
    list_filter = ["key"]
    list_select_related = ["organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["name", "key", "organisation__names__name", "=organisation__ods_code"]


@admin.register(TemplateVersion)
class TemplateVersionAdmin(TrackedReadOnlyAdmin):
    list_display = ["template", "seq", "state", "published_at"]
    list_filter = ["state"]
    list_select_related = ["template"]
    search_fields = ["template__name", "template__organisation__names__name"]
    date_hierarchy = "published_at"


@admin.register(TemplateClause)
class TemplateClauseAdmin(TrackedReadOnlyAdmin):
    list_display = ["heading", "kind", "version", "position", "edit_no"]
    list_filter = ["kind"]
    list_select_related = ["version__template"]
    search_fields = ["heading", "body", "key", "version__template__name"]


@admin.register(TemplateGrant)
class TemplateGrantAdmin(ReadOnlyAdmin):
    """Who was let in to a template of another organisation. Its keepers let in, and stop it."""

    list_display = ["user", "permission", "content_object"]
    list_select_related = ["user__person", "permission__content_type", "content_object"]
    search_fields = ["user__email", "user__person__name", "content_object__name"]


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
