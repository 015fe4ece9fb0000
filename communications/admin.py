"""Announcements for system administrators: dates, states, who read what; nothing under embargo."""

from __future__ import annotations

from django.contrib import admin

from communications.heads_ups import admin as heads_ups  # noqa: F401 - registers its pages
from communications.models import (
    Acknowledgement,
    Announcement,
    Comment,
    ConcernedAgreement,
    Correction,
    Draft,
    Move,
    Read,
    Release,
    Share,
    TeamAsked,
    TouchedParty,
)
from house.admin import ReadOnlyAdmin

OWNER = "draft__announcement__owner"


class OfAnnouncement(ReadOnlyAdmin):
    """What hangs on an announcement: it is found by its owner."""

    list_prefetch_related = ["announcement__owner__names"]
    search_fields = ["announcement__owner__names__name"]


class OfDraft(ReadOnlyAdmin):
    """What hangs on a draft: it is found by the owner and the reading organisation."""

    list_prefetch_related = [f"{OWNER}__names", "organisation__names"]
    search_fields = ["organisation__names__name", f"{OWNER}__names__name"]
    date_hierarchy = "at"


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    """Without its history: that would show the title, which is the owner's until release."""

    list_display = ["public_id", "kind", "owner", "state", "planned_for", "planned_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["owner", "planned_by__person"]
    list_prefetch_related = ["owner__names"]
    search_fields = ["owner__names__name", "^concerned__agreement__reference"]
    date_hierarchy = "planned_for"
    exclude = ["title", "withdrawn_because"]


@admin.register(ConcernedAgreement)
class ConcernedAgreementAdmin(OfAnnouncement):
    list_display = ["agreement", "announcement", "lead_hours", "share_by", "reached_at"]
    list_select_related = ["agreement", "announcement__owner"]
    search_fields = ["^agreement__reference", "announcement__owner__names__name"]
    date_hierarchy = "share_by"
    exclude = ["short_because"]


@admin.register(TouchedParty)
class TouchedPartyAdmin(ReadOnlyAdmin):
    list_display = ["party", "concerned"]
    list_select_related = [
        "party__agreement",
        "concerned__agreement",
        "concerned__announcement__owner",
    ]
    list_prefetch_related = ["concerned__announcement__owner__names"]
    search_fields = ["^concerned__agreement__reference"]


@admin.register(Move)
class MoveAdmin(OfAnnouncement):
    list_display = ["announcement", "moved_from", "moved_to", "moved_by", "at"]
    list_select_related = ["announcement__owner", "moved_by__person"]
    date_hierarchy = "at"
    exclude = ["because"]


@admin.register(Release)
class ReleaseAdmin(OfAnnouncement):
    """The final text is the parties' to read, in the portal."""

    list_display = ["announcement", "released_at", "marked_by", "marked_at"]
    list_select_related = ["announcement__owner", "marked_by__person"]
    date_hierarchy = "released_at"
    exclude = ["text"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["release", "corrected_by", "at"]
    list_select_related = ["release__announcement__owner", "corrected_by__person"]
    list_prefetch_related = ["release__announcement__owner__names"]
    search_fields = ["release__announcement__owner__names__name"]
    date_hierarchy = "at"
    exclude = ["text", "because"]


@admin.register(Draft)
class DraftAdmin(OfAnnouncement):
    list_display = ["announcement", "number", "made_by", "made_at"]
    list_select_related = ["announcement__owner", "made_by__person"]
    search_fields = [*OfAnnouncement.search_fields, "made_by__person__name"]
    date_hierarchy = "made_at"
    exclude = ["text"]


@admin.register(Share)
class ShareAdmin(OfDraft):
    list_display = ["draft", "organisation", "person", "team", "shared_by", "shared_at", "ended_at"]
    list_select_related = [OWNER, "organisation", "person", "team", "shared_by__person"]
    search_fields = [*OfDraft.search_fields, "person__name", "team__name"]
    date_hierarchy = "shared_at"


@admin.register(Read)
class ReadAdmin(OfDraft):
    list_display = ["at", "reader", "organisation", "draft", "how"]
    list_filter = ["how"]
    list_select_related = [OWNER, "organisation", "reader__person"]
    search_fields = [*OfDraft.search_fields, "reader__person__name"]


@admin.register(Acknowledgement)
class AcknowledgementAdmin(OfDraft):
    list_display = ["at", "reader", "organisation", "draft"]
    list_select_related = [OWNER, "organisation", "reader__person"]
    search_fields = [*OfDraft.search_fields, "reader__person__name"]


@admin.register(Comment)
class CommentAdmin(OfDraft):
    list_display = ["at", "author", "by_organisation", "organisation", "draft"]
    list_select_related = [OWNER, "organisation", "by_organisation", "author__person"]
    list_prefetch_related = [*OfDraft.list_prefetch_related, "by_organisation__names"]
    search_fields = [*OfDraft.search_fields, "author__person__name"]
    exclude = ["text"]


@admin.register(TeamAsked)
class TeamAskedAdmin(OfAnnouncement):
    list_display = ["announcement", "team", "asked_at", "answer", "answered_at"]
    list_select_related = ["announcement__owner", "team"]
    date_hierarchy = "asked_at"
    exclude = ["words", "gone_ahead_because"]
