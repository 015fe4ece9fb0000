from __future__ import annotations

from django.contrib import admin

from house.admin import TrackedAdmin
from parties.models import Absence


@admin.register(Absence)
class AbsenceAdmin(TrackedAdmin):
    list_display = ["person", "starts_on", "ends_on"]
    list_select_related = ["person"]
    search_fields = ["person__name"]
    autocomplete_fields = ["person"]
