from __future__ import annotations

from django.contrib import admin

from agreements.models import (
    Access,
    Agreement,
    Counter,
    Happening,
    KeyContact,
    Party,
    PartySpell,
    SetUp,
)
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin


@admin.register(Agreement)
class AgreementAdmin(TrackedReadOnlyAdmin):
    list_display = ["reference", "title", "state", "origin", "start_on", "review_on", "created_at"]
    list_filter = ["state", "origin"]
    search_fields = ["reference", "title", "parties__spells__organisation__names__name"]
    date_hierarchy = "created_at"


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin):
    list_display = ["label", "agreement", "slot", "position"]
    list_filter = ["slot"]
    list_select_related = ["agreement"]
    search_fields = ["label", "^agreement__reference", "agreement__title"]


@admin.register(PartySpell)
class PartySpellAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "side", "agreement", "starts_on", "ends_on"]
    list_select_related = ["organisation", "party__agreement"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name", "^party__agreement__reference"]
    date_hierarchy = "starts_on"

    @admin.display(ordering="party__label")
    def side(self, row: PartySpell) -> str:
        return row.party.label

    @admin.display(ordering="party__agreement__reference")
    def agreement(self, row: PartySpell) -> str:
        return row.party.agreement.reference


@admin.register(Access)
class AccessAdmin(ReadOnlyAdmin):
    """Which organisation sees which agreement: the wall itself."""

    list_display = [
        "organisation",
        "agreement",
        "state",
        "next_due_on",
        "next_due_kind",
        "vacant_roles",
    ]
    list_filter = ["state", "next_due_kind"]
    list_select_related = ["organisation", "agreement"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name", "^agreement__reference", "agreement__title"]
    date_hierarchy = "next_due_on"


@admin.register(KeyContact)
class KeyContactAdmin(TrackedReadOnlyAdmin):
    list_display = ["role", "person", "team", "deputy", "agreement", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["person", "team", "deputy", "party__agreement"]
    search_fields = ["person__name", "team__name", "deputy__name", "^party__agreement__reference"]
    date_hierarchy = "starts_on"

    @admin.display(ordering="party__agreement__reference")
    def agreement(self, row: KeyContact) -> str:
        return row.party.agreement.reference


@admin.register(Happening)
class HappeningAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "agreement", "actor", "organisation"]
    list_filter = ["verb"]
    list_select_related = ["agreement", "actor__person", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["verb", "^agreement__reference", "actor__email", "actor__person__name"]
    date_hierarchy = "at"


@admin.register(SetUp)
class SetUpAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "organisation", "made_by", "template_version", "agreement"]
    list_select_related = [
        "organisation",
        "made_by__person",
        "template_version__template",
        "agreement",
    ]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["made_by__email", "made_by__person__name", "organisation__names__name"]
    date_hierarchy = "created_at"


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ["name", "last"]
    search_fields = ["name"]
