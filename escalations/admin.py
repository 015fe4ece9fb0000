from __future__ import annotations

from django.contrib import admin

from escalations.models import ConcernedParty, Disagreement, Step
from house.admin import ReadOnlyAdmin


@admin.register(Disagreement)
class DisagreementAdmin(ReadOnlyAdmin):
    list_display = ["name", "agreement", "state", "level", "level_since", "opened_at", "closed_at"]
    list_filter = ["state"]
    list_select_related = ["agreement", "version"]
    search_fields = ["^agreement__reference", "agreement__title", "subject"]
    date_hierarchy = "opened_at"


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    """What was done. A note that a side keeps to itself is not for administrators to read."""

    list_display = ["at", "kind", "disagreement", "party", "by", "for_person", "level", "target"]
    list_filter = ["kind"]
    list_select_related = [
        "disagreement__agreement",
        "disagreement__version",
        "party",
        "by__person",
        "for_person",
    ]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["^disagreement__agreement__reference", "by__email", "by__person__name"]
    date_hierarchy = "at"
    exclude = ["text"]


@admin.register(ConcernedParty)
class ConcernedPartyAdmin(ReadOnlyAdmin):
    list_display = ["disagreement", "party", "step"]
    list_select_related = [
        "disagreement__agreement",
        "disagreement__version",
        "party",
        "step__disagreement__agreement",
        "step__disagreement__version",
    ]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["^disagreement__agreement__reference"]
