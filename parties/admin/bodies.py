from __future__ import annotations

from django.contrib import admin

from house.admin import NothingDeleted, TrackedAdmin
from parties.models import Body, BodyOrganisation, Seat


class ServedInline(NothingDeleted, admin.TabularInline):
    model = BodyOrganisation
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(Body)
class BodyAdmin(TrackedAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    inlines = [ServedInline]


@admin.register(BodyOrganisation)
class BodyOrganisationAdmin(TrackedAdmin):
    list_display = ["body", "organisation", "starts_on", "ends_on"]
    list_select_related = ["body", "organisation"]
    search_fields = ["body__name", "organisation__names__name"]
    autocomplete_fields = ["body", "organisation"]


@admin.register(Seat)
class SeatAdmin(TrackedAdmin):
    list_display = ["body", "kind", "person", "organisation", "voting", "starts_on", "ends_on"]
    list_filter = ["kind", "voting"]
    list_select_related = ["body", "person", "organisation"]
    search_fields = ["body__name", "person__name", "organisation__names__name"]
    autocomplete_fields = ["body", "person", "organisation"]
