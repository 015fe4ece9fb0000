from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from house.admin import (
    ExportOnly,
    NothingDeleted,
    ReadOnlyAdmin,
    TrackedAdmin,
    TrackedReadOnlyAdmin,
    try_each,
)
from house.admin_choices import ChosenBySearching
from house.exports import TypedResource
from house.text import tidy_address
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import (
    Absence,
    Departure,
    HandedOver,
    Invitation,
    Membership,
    Person,
    Post,
    Team,
    TeamMember,
    User,
)
from parties.services.splitting import split_person, tied_to_several


class TiedToSeveral(admin.SimpleListFilter):
    """Rows that a former release tied to several organisations, to be put right."""

    title = "what is to be put right"
    parameter_name = "tied"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("several", "One row for several organisations")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Person]) -> QuerySet[Person]:
        return queryset.filter(pk__in=tied_to_several()) if self.value() else queryset


@admin.register(Person)
class PersonAdmin(TrackedAdmin):
    list_display = ["name", "email"]
    list_filter = [TiedToSeveral]
    search_fields = ["name", "email"]
    actions = ["split"]

    @admin.action(description="Give each organisation a row of its own", permissions=["change"])
    def split(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        """Of the marked people; those of one organisation stay as they are."""
        by = Acting(request.user)
        done = try_each(queryset, lambda person: split_person(by=by, person=person))
        who = plural(done, "person", "people")
        self.message_user(request, f"{who} got a row for each organisation. The others stay.")


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
class UserAdmin(ChosenBySearching, NothingDeleted, ExportOnly, admin.ModelAdmin):
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


@admin.register(Departure)
class DepartureAdmin(ReadOnlyAdmin):
    list_display = ["person", "organisation", "last_day", "by", "at"]
    list_select_related = ["person", "organisation", "by__person"]
    search_fields = ["person__name", "organisation__names__name"]


@admin.register(HandedOver)
class HandedOverAdmin(ReadOnlyAdmin):
    list_display = ["text", "departure", "successor", "is_vacant"]
    list_select_related = ["departure__person", "departure__organisation", "successor"]
    search_fields = ["text", "departure__person__name"]
