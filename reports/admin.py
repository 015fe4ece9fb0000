from __future__ import annotations

from django.contrib import admin

from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin
from reports.models import Assurance, Figures, Register, Remark, Report


@admin.register(Report)
class ReportAdmin(TrackedReadOnlyAdmin):
    list_display = ["since", "scope", "organisation", "agreement", "edition", "state", "remarks_by"]
    list_filter = ["state", "scope"]
    list_select_related = ["organisation", "agreement"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^agreement__reference"]
    date_hierarchy = "since"


@admin.register(Figures)
class FiguresAdmin(ReadOnlyAdmin):
    list_display = ["counted_at", "report"]
    list_select_related = ["report"]
    search_fields = ["^report__agreement__reference"]
    date_hierarchy = "counted_at"


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ["at", "report", "organisation", "by"]
    list_select_related = ["report", "organisation", "by__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^report__agreement__reference"]
    date_hierarchy = "at"


@admin.register(Assurance)
class AssuranceAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "organisation", "since", "made_by"]
    list_select_related = ["organisation", "made_by__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["=key"]
    date_hierarchy = "made_at"


@admin.register(Register)
class RegisterAdmin(ReadOnlyAdmin):
    list_display = ["issued_at", "assurance"]
    list_select_related = ["assurance__organisation"]
    list_prefetch_related = ["assurance__organisation__names"]
    search_fields = ["=assurance__key"]
    date_hierarchy = "issued_at"
