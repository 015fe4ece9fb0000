from __future__ import annotations

from django.contrib import admin

from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin
from meetings.models import (
    AgendaItem,
    Attendee,
    CarriedAction,
    ItemAbout,
    Meeting,
    MeetingAnswer,
    Note,
    NoteAbout,
    Series,
    SeriesAgreement,
    Turn,
)


@admin.register(Series)
class SeriesAdmin(TrackedReadOnlyAdmin):
    list_display = ["name", "purpose", "cadence", "per_year", "counts_from", "ended_on", "made_at"]
    list_filter = ["purpose", "cadence"]
    search_fields = ["name", "^serves__agreement__reference"]
    date_hierarchy = "made_at"


@admin.register(SeriesAgreement)
class SeriesAgreementAdmin(ReadOnlyAdmin):
    list_display = ["series", "agreement", "starts_on", "ends_on"]
    list_select_related = ["series", "agreement"]
    search_fields = ["series__name", "^agreement__reference"]


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """When the sweep looks again at what a series owes."""

    list_display = ["series", "on"]
    list_select_related = ["series"]
    search_fields = ["series__name"]
    date_hierarchy = "on"


@admin.register(Meeting)
class MeetingAdmin(TrackedReadOnlyAdmin):
    list_display = ["series", "day", "time", "state", "standing", "elsewhere", "recorded_for"]
    list_filter = ["state", "standing", "elsewhere"]
    list_select_related = ["series", "recorded_for"]
    list_prefetch_related = ["recorded_for__names"]
    search_fields = ["series__name", "^series__serves__agreement__reference"]
    date_hierarchy = "day"


@admin.register(Attendee)
class AttendeeAdmin(TrackedReadOnlyAdmin):
    list_display = ["meeting", "person", "name", "organisation"]
    list_select_related = ["meeting__series", "person", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["person__name", "name", "meeting__series__name"]


@admin.register(AgendaItem)
class AgendaItemAdmin(TrackedReadOnlyAdmin):
    list_display = ["heading", "kind", "position", "meeting", "added_by", "added_for"]
    list_filter = ["kind"]
    list_select_related = ["meeting__series", "added_by__person", "added_for"]
    list_prefetch_related = ["added_for__names"]
    search_fields = ["heading", "meeting__series__name"]


@admin.register(ItemAbout)
class ItemAboutAdmin(ReadOnlyAdmin):
    list_display = ["item", "agreement"]
    list_select_related = ["item", "agreement"]
    search_fields = ["^agreement__reference"]


@admin.register(Note)
class NoteAdmin(TrackedReadOnlyAdmin):
    list_display = ["written_at", "meeting", "written_by", "written_for"]
    list_select_related = ["meeting__series", "written_by__person", "written_for"]
    list_prefetch_related = ["written_for__names"]
    search_fields = ["meeting__series__name"]
    date_hierarchy = "written_at"


@admin.register(NoteAbout)
class NoteAboutAdmin(ReadOnlyAdmin):
    list_display = ["note", "agreement"]
    list_select_related = ["note__meeting__series", "agreement"]
    search_fields = ["^agreement__reference"]


@admin.register(CarriedAction)
class CarriedActionAdmin(ReadOnlyAdmin):
    list_display = ["action", "meeting"]
    list_select_related = ["action__agreement", "meeting__series"]
    search_fields = ["action__what", "^action__agreement__reference"]


@admin.register(MeetingAnswer)
class MeetingAnswerAdmin(ReadOnlyAdmin):
    list_display = ["at", "meeting", "organisation", "agrees", "by"]
    list_filter = ["agrees"]
    list_select_related = ["meeting__series", "organisation", "by__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["because", "meeting__series__name"]
    date_hierarchy = "at"
