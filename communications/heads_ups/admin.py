"""Heads-ups for system administrators: dates and states; no word of what is told, no address."""

from __future__ import annotations

from django.contrib import admin

from communications.models import (
    CommitteeServes,
    HeadsUp,
    HeadsUpAgreement,
    HeadsUpMove,
    LocalCommittee,
    OwedTo,
    Told,
    ToldFor,
)
from house.admin import ReadOnlyAdmin

OWNER = "heads_up__owner"


@admin.register(HeadsUp)
class HeadsUpAdmin(ReadOnlyAdmin):
    """Without its history: that would show what is told, which is for those who are told."""

    list_display = ["public_id", "kind", "owner", "state", "planned_for", "sent_at", "given_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["owner", "given_by__person"]
    list_prefetch_related = ["owner__names"]
    search_fields = ["owner__names__name", "^concerned__agreement__reference"]
    date_hierarchy = "planned_for"
    exclude = ["title", "text", "audience", "channel", "because"]


@admin.register(HeadsUpAgreement)
class HeadsUpAgreementAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "heads_up"]
    list_select_related = ["agreement", OWNER]
    list_prefetch_related = [f"{OWNER}__names"]
    search_fields = ["^agreement__reference", f"{OWNER}__names__name"]


@admin.register(OwedTo)
class OwedToAdmin(ReadOnlyAdmin):
    list_display = ["concerned", "party", "committee", "told_at"]
    list_select_related = [
        "concerned__agreement", f"concerned__{OWNER}", "party__agreement", "committee",
    ]  # fmt: skip
    list_prefetch_related = [f"concerned__{OWNER}__names"]
    search_fields = ["^concerned__agreement__reference"]
    date_hierarchy = "told_at"
    exclude = ["told_how"]


@admin.register(Told)
class ToldAdmin(ReadOnlyAdmin):
    list_display = ["heads_up", "organisation", "asked_at", "read_at", "acknowledged_at"]
    list_select_related = [OWNER, "organisation"]
    list_prefetch_related = [f"{OWNER}__names", "organisation__names"]
    search_fields = ["organisation__names__name", f"{OWNER}__names__name"]
    date_hierarchy = "asked_at"


@admin.register(HeadsUpMove)
class HeadsUpMoveAdmin(ReadOnlyAdmin):
    list_display = ["heads_up", "moved_from", "moved_to", "moved_by", "at"]
    list_select_related = [OWNER, "moved_by__person"]
    list_prefetch_related = [f"{OWNER}__names"]
    search_fields = [f"{OWNER}__names__name"]
    date_hierarchy = "at"
    exclude = ["because"]


@admin.register(LocalCommittee)
class LocalCommitteeAdmin(ReadOnlyAdmin):
    list_display = ["name", "organisation", "recorded_at", "ended_at"]
    list_select_related = ["organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["name", "organisation__names__name"]
    date_hierarchy = "recorded_at"


@admin.register(CommitteeServes)
class CommitteeServesAdmin(ReadOnlyAdmin):
    list_display = ["committee", "agreement"]
    list_select_related = ["committee", "agreement"]
    search_fields = ["committee__name", "^agreement__reference"]


@admin.register(ToldFor)
class ToldForAdmin(ReadOnlyAdmin):
    list_display = ["told", "owed"]
    list_select_related = [
        f"told__{OWNER}", f"owed__concerned__{OWNER}", "owed__concerned__agreement",
        "owed__party__agreement", "owed__committee",
    ]  # fmt: skip
    list_prefetch_related = [f"told__{OWNER}__names", f"owed__concerned__{OWNER}__names"]
    search_fields = ["^owed__concerned__agreement__reference"]
