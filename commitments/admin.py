from __future__ import annotations

from django.contrib import admin

from commitments.models import (
    Action,
    Commitment,
    DueDate,
    LogEntry,
    LogShare,
    NextLook,
    Occurrence,
    OccurrenceWord,
    ProgressNote,
    RiskReference,
    RiskReview,
)
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin


@admin.register(Action)
class ActionAdmin(TrackedReadOnlyAdmin):
    list_display = ["number", "agreement", "what", "owner", "person", "due_on", "state", "standing"]
    list_filter = ["state", "standing"]
    list_select_related = ["agreement", "owner", "person"]
    list_prefetch_related = ["owner__spells__organisation__names"]
    search_fields = ["what", "^agreement__reference", "person__name"]
    date_hierarchy = "due_on"


@admin.register(ProgressNote)
class ProgressNoteAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "by", "organisation"]
    list_select_related = ["action__agreement", "by__person", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["text", "^action__agreement__reference"]
    date_hierarchy = "at"


@admin.register(Commitment)
class CommitmentAdmin(TrackedReadOnlyAdmin):
    list_display = ["number", "agreement", "what", "owed_by", "outside", "cadence", "state"]
    list_filter = ["state", "cadence", "standing"]
    list_select_related = ["agreement", "owed_by"]
    list_prefetch_related = ["owed_by__spells__organisation__names"]
    search_fields = ["what", "^agreement__reference", "person__name"]


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "first", "last", "due_on", "outcome", "done_on", "recorded_for"]
    list_filter = ["outcome"]
    list_select_related = ["commitment__agreement", "recorded_for"]
    list_prefetch_related = ["recorded_for__names"]
    search_fields = ["^commitment__agreement__reference", "commitment__what"]
    date_hierarchy = "last"


@admin.register(OccurrenceWord)
class OccurrenceWordAdmin(ReadOnlyAdmin):
    list_display = ["at", "occurrence", "organisation", "agrees"]
    search_fields = ["occurrence__commitment__agreement__reference"]
    list_select_related = ["occurrence__commitment__agreement", "organisation"]
    list_prefetch_related = ["organisation__names"]


@admin.register(DueDate)
class DueDateAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "first", "last", "due_on"]
    search_fields = ["commitment__agreement__reference"]
    list_select_related = ["commitment__agreement"]
    date_hierarchy = "due_on"


@admin.register(NextLook)
class NextLookAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "on"]
    search_fields = ["commitment__agreement__reference"]
    list_select_related = ["commitment__agreement"]


@admin.register(LogEntry)
class LogEntryAdmin(TrackedReadOnlyAdmin):
    list_display = ["number", "agreement", "kind", "what", "happened_on", "recorded_for", "state"]
    list_filter = ["kind", "state"]
    list_select_related = ["agreement", "recorded_for"]
    list_prefetch_related = ["recorded_for__names"]
    search_fields = ["what", "^agreement__reference"]
    date_hierarchy = "happened_on"


@admin.register(LogShare)
class LogShareAdmin(ReadOnlyAdmin):
    list_display = ["entry", "agreement", "shared_for", "shared_at", "ended_at"]
    list_select_related = ["entry__agreement", "agreement", "shared_for"]
    list_prefetch_related = ["shared_for__names"]
    search_fields = ["^agreement__reference", "^entry__agreement__reference"]
    date_hierarchy = "shared_at"


@admin.register(RiskReference)
class RiskReferenceAdmin(TrackedReadOnlyAdmin):
    list_display = ["entry", "party", "reference"]
    list_select_related = ["entry__agreement", "party"]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["reference", "^entry__agreement__reference"]


@admin.register(RiskReview)
class RiskReviewAdmin(ReadOnlyAdmin):
    list_display = ["entry", "reviewed_on", "next_on", "organisation"]
    list_select_related = ["entry__agreement", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^entry__agreement__reference"]
    date_hierarchy = "reviewed_on"
