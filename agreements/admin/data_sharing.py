"""Records of shared data. What is shared the parties alone read."""

from __future__ import annotations

from django.contrib import admin

from agreements.models import DataSharing, DataSharingEntry, DataSharingWord
from house.admin import ReadOnlyAdmin


@admin.register(DataSharing)
class DataSharingAdmin(ReadOnlyAdmin):
    """That data is shared, and who recorded it. What is shared the parties alone read."""

    list_display = ["agreement", "number", "kept_by", "edit_no", "ended_on", "is_error"]
    list_filter = ["is_error"]
    list_select_related = ["agreement", "kept_by__agreement"]
    list_prefetch_related = ["kept_by__spells__organisation__names"]
    search_fields = ["agreement__reference", "agreement__title"]
    fields = [
        *("agreement", "number", "kept_by", "edit_no", "ended_on", "is_error"),
        *("ended_at", "ended_by", "ended_for"),
    ]


@admin.register(DataSharingEntry)
class DataSharingEntryAdmin(ReadOnlyAdmin):
    list_display = ["record", "seq", "law", "agreed_on", "reviewed_on", "review_on", "added_by"]
    list_filter = ["law"]
    list_select_related = ["record__agreement", "added_by__person"]
    search_fields = ["record__agreement__reference"]
    date_hierarchy = "added_at"
    fields = [
        *("record", "seq", "content_no", "law", "basis", "special", "agreed_on"),
        *("reviewed_on", "review_on", "added_by", "added_for", "added_at"),
    ]


@admin.register(DataSharingWord)
class DataSharingWordAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "entry", "agrees", "at"]
    list_select_related = ["organisation", "entry__record__agreement"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name"]
    fields = ["organisation", "entry", "agrees", "at"]
