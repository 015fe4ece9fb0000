from __future__ import annotations

from django.contrib import admin

from house.admin import ReadOnlyAdmin
from jobs.models import Job, JobRow


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["kind", "started_at", "started_by", "state", "finished_at"]
    list_select_related = ["started_by__person"]
    list_filter = ["state", "kind"]
    search_fields = ["kind", "started_by__email"]
    date_hierarchy = "started_at"


@admin.register(JobRow)
class JobRowAdmin(ReadOnlyAdmin):
    list_display = ["subject", "job", "state", "attempts", "next_try", "problem"]
    list_select_related = ["job"]
    list_filter = ["state", "job__kind"]
    search_fields = ["subject", "problem"]
