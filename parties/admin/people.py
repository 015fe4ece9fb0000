from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from house.admin import ExportOnly, NothingDeleted, TrackedAdmin, TrackedReadOnlyAdmin
from house.exports import TypedResource
from house.text import tidy_address
from parties.models import Absence, Invitation, Membership, Person, Post, Team, TeamMember, User


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
    """To look at, and to end: roles are given by an organisation's administrators, and the first
    of these is invited when it is brought in."""

    list_display = ["user", "role", "organisation", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user__person", "organisation"]
    search_fields = ["user__email", "user__person__name", "organisation__names__name"]
    autocomplete_fields = ["user", "organisation"]
    date_hierarchy = "starts_on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


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


@admin.register(Absence)
class AbsenceAdmin(TrackedAdmin):
    list_display = ["person", "organisation", "starts_on", "ends_on"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__name"]
    autocomplete_fields = ["person", "organisation"]


class UserResource(TypedResource):
    """What an export shows of an account: never the password's sum."""

    class Meta:
        model = User
        fields = ["id", "email", "person__name", "is_active", "is_staff", "last_login"]


class UserForm(forms.ModelForm):
    def clean_email(self) -> str:
        """Kept in lower case, so that a person is found however they type it."""
        return tidy_address(str(self.cleaned_data["email"])).lower()


@admin.register(User)
class UserAdmin(NothingDeleted, ExportOnly, admin.ModelAdmin):
    """Accounts. A new one has no password: its person asks for one on the log-in page."""

    form = UserForm
    resource_classes = [UserResource]
    list_display = ["email", "person", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    list_select_related = ["person"]
    list_per_page = 50
    search_fields = ["email", "person__name"]
    autocomplete_fields = ["person"]
    fields = [
        "email",
        "person",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "date_joined",
    ]
    readonly_fields = ["last_login", "date_joined"]
    date_hierarchy = "date_joined"

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
