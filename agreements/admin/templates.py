from __future__ import annotations

from django.contrib import admin

from agreements.models import Template, TemplateClause, TemplateGrant, TemplateVersion
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
