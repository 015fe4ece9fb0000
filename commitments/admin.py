from __future__ import annotations

from django.contrib import admin

from commitments.models import Action, ProgressNote
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin


@admin.register(Action)
class ActionAdmin(TrackedReadOnlyAdmin):
    list_display = ["number", "agreement", "what", "owner", "person", "due_on", "state", "standing"]
    list_filter = ["state", "standing"]
    list_select_related = ["agreement", "owner", "person"]
    list_prefetch_related = ["owner__spells__organisation__names"]
    search_fields = ["what", "^agreement__reference", "person__name"]
    date_hierarchy = "due_on"


@admin.register(ProgressNote)
class ProgressNoteAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "by", "organisation"]
    list_select_related = ["action__agreement", "by__person", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["text", "^action__agreement__reference"]
    date_hierarchy = "at"
