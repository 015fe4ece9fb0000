from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from import_export.resources import ModelResource

from house.admin import ExportOnly, NothingDeleted
from parties.models import User


class UserResource(ModelResource):
    """What an export shows of an account: never the password's sum."""

    class Meta:
        model = User
        fields = ["id", "email", "person__name", "is_active", "is_staff", "last_login"]


class UserForm(forms.ModelForm):
    def clean_email(self) -> str:
        """Kept in lower case, so that a person is found however they type it."""
        return str(self.cleaned_data["email"]).lower()


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
