from __future__ import annotations

from django.contrib import admin

from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin
from performance.models import Consultation, Request, RequestStep


@admin.register(Request)
class RequestAdmin(TrackedReadOnlyAdmin):
    list_display = [
        "number",
        "agreement",
        "kind",
        "subject",
        "asked_of",
        "state",
        "outcome",
        "due_on",
    ]
    list_filter = ["state", "kind", "outcome"]
    list_select_related = ["agreement", "asked_of"]
    list_prefetch_related = ["asked_of__spells__organisation__names"]
    search_fields = ["subject", "^agreement__reference"]
    date_hierarchy = "received_at"


@admin.register(RequestStep)
class RequestStepAdmin(ReadOnlyAdmin):
    list_display = ["at", "request", "kind", "on", "by", "organisation"]
    list_filter = ["kind"]
    list_select_related = ["request__agreement", "by__person", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^request__agreement__reference"]
    date_hierarchy = "at"


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    list_display = ["reference", "request", "source", "view_by", "viewed_on", "decision"]
    list_select_related = ["request__agreement", "source"]
    list_prefetch_related = ["source__spells__organisation__names"]
    search_fields = ["reference", "^request__agreement__reference"]
