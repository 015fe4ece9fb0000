from __future__ import annotations

from django.contrib import admin

from documents.models import Removal, Rendering, Repair, StoredFile
from house.admin import ReadOnlyAdmin


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """What is stored, never the file itself: who may read it follows from what it belongs to."""

    list_display = ["name", "content_type", "size", "sha256", "created_at"]
    list_filter = ["content_type"]
    search_fields = ["name", "=sha256"]
    date_hierarchy = "created_at"


@admin.register(Removal)
class RemovalAdmin(ReadOnlyAdmin):
    """Which stored files were removed for good, and by which act."""

    list_display = ["file", "at", "by_key"]
    search_fields = ["=by_key", "=file__sha256"]
    list_select_related = ["file"]
    date_hierarchy = "at"


@admin.register(Repair)
class RepairAdmin(ReadOnlyAdmin):
    """Which stored files are copies that the portal made of damaged or locked ones."""

    list_display = ["copy", "faults", "pages"]
    search_fields = ["copy__name", "=copy__sha256", "=original__sha256"]
    list_select_related = ["copy", "original"]


@admin.register(Rendering)
class RenderingAdmin(ReadOnlyAdmin):
    """Which renderings are kept, without what they say."""

    list_display = ["key", "used_on"]
    search_fields = ["=key"]
    exclude = ["output"]
