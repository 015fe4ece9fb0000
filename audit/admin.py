from __future__ import annotations

from django.contrib import admin

from audit.models import Entry, Link
from house.admin import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "verb", "object_type", "object_id", "organisation_id"]
    list_filter = ["object_type"]
    list_select_related = ["actor__person"]
    search_fields = ["verb", "=object_id", "actor__email"]
    date_hierarchy = "at"


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin):
    list_display = ["seq", "entry", "late", "hash"]
    list_filter = ["late"]
    list_select_related = ["entry"]
    search_fields = ["=seq", "hash"]
