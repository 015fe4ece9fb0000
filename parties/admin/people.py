from __future__ import annotations

from django.contrib import admin

from house.admin import TrackedAdmin, TrackedReadOnlyAdmin
from parties.models import Invitation, Membership, Person, Post, Team, TeamMember


@admin.register(Person)
class PersonAdmin(TrackedAdmin):
    list_display = ["name", "email"]
    search_fields = ["name", "email"]


@admin.register(Post)
class PostAdmin(TrackedAdmin):
    list_display = ["title", "person", "organisation", "starts_on", "ends_on"]
    list_select_related = ["person", "organisation"]
    search_fields = ["title", "person__name", "organisation__names__name"]
    autocomplete_fields = ["person", "organisation"]
    date_hierarchy = "starts_on"


@admin.register(Membership)
class MembershipAdmin(TrackedAdmin):
    list_display = ["user", "role", "organisation", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user__person", "organisation"]
    search_fields = ["user__email", "user__person__name", "organisation__names__name"]
    autocomplete_fields = ["user", "organisation"]
    date_hierarchy = "starts_on"


@admin.register(Invitation)
class InvitationAdmin(TrackedReadOnlyAdmin):
    list_display = [
        "email",
        "organisation",
        "invited_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    ]
    list_select_related = ["organisation"]
    search_fields = ["email", "person__name", "organisation__names__name"]
    date_hierarchy = "invited_at"


@admin.register(Team)
class TeamAdmin(TrackedAdmin):
    list_display = ["name", "purpose", "organisation", "address"]
    list_filter = ["purpose"]
    list_select_related = ["organisation"]
    search_fields = ["name", "address", "organisation__names__name"]
    autocomplete_fields = ["organisation"]


@admin.register(TeamMember)
class TeamMemberAdmin(TrackedAdmin):
    list_display = ["person", "team", "starts_on", "ends_on"]
    list_select_related = ["person", "team"]
    search_fields = ["person__name", "team__name"]
    autocomplete_fields = ["team", "person"]
