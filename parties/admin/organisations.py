from __future__ import annotations

from dataclasses import astuple
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from import_export.fields import Field
from import_export.widgets import Widget

from house.admin import NothingDeleted, ReadOnlyAdmin, TrackedAdmin
from house.admin_choices import ChosenBySearching
from house.admin_days import DaysInReach
from house.exports import TypedResource
from house.refusals import Refused
from parties.acting import Acting
from parties.models import (
    Area,
    Body,
    BodyOrganisation,
    Figure,
    Organisation,
    OrganisationName,
    PreElectionPeriod,
    Seat,
    Succession,
)
from parties.services.diaries import period_changed
from parties.services.lists import sentences_of
from parties.services.organisations import (
    OrganisationLine,
    new_among,
    read_organisations,
    take_organisations,
)
from web.kept_lists import kept, kept_in

SALT = "parties.organisations"
# So many rows are shown of what a list means.
MOST_SHOWN = 200


class NameInline(DaysInReach, NothingDeleted, admin.TabularInline):
    model = OrganisationName
    extra = 0


class FigureInline(DaysInReach, NothingDeleted, admin.TabularInline):
    model = Figure
    extra = 0


class OrganisationResource(TypedResource):
    """With what each is called today, which stands in a table of its own."""

    name = Field(attribute="name", column_name="name", widget=Widget(coerce_to_string=False))

    class Meta:
        model = Organisation
        fields = ["id", "name", "kind", "ods_code", "area__name", "is_legal_body", "opened_on",
                  "closed_on"]  # fmt: skip


class ListForm(forms.Form):
    file = forms.FileField()


@admin.register(Area)
class AreaAdmin(NothingDeleted, admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    import_export_change_list_template = "admin/parties/organisation_list.html"
    resource_classes = [OrganisationResource]
    list_display = ["name", "kind", "ods_code", "area", "opened_on", "closed_on"]
    list_filter = ["kind", "is_legal_body", "area"]
    list_select_related = ["area"]
    search_fields = ["names__name", "ods_code"]
    autocomplete_fields = ["area"]
    inlines = [NameInline, FigureInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.named().by_name()

    def add_view(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """An organisation comes in together with whoever looks after it."""
        return redirect("parties:bring_in")

    def view_on_site(self, organisation: Organisation) -> str:
        return reverse("parties:first_person", args=[organisation.pk])

    def get_urls(self) -> list[URLPattern]:
        upload = path(
            "upload/", self.admin_site.admin_view(self.upload), name="parties_organisation_upload"
        )
        return [upload, *super().get_urls()]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Organisations from a list: what it means is shown before anything is written."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "list" in request.POST:
            return self._take(request)
        form = ListForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {"form": form, "title": "Upload a list"}
        if form.is_valid() and (lines := _read(form)) is not None:
            new = set(new_among(lines))
            context |= {
                "title": "What the list means",
                "shown": [(line, line in new) for line in lines[:MOST_SHOWN]],
                "more": max(0, len(lines) - MOST_SHOWN),
                "new": len(new),
                "known": len(lines) - len(new),
                "list": kept([astuple(line) for line in lines], SALT),
            }
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/parties/upload.html", context)

    def _take(self, request: HttpRequest) -> HttpResponse:
        if (said := kept_in(request, SALT)) is None:
            return redirect("admin:parties_organisation_upload")
        lines = [OrganisationLine(*line) for line in said]
        try:
            taken = take_organisations(by=Acting(request.user), lines=lines)
        except Refused as refusal:
            messages.error(request, " ".join(sentences_of(refusal)))
            return redirect("admin:parties_organisation_upload")
        done = f"{taken.new} organisations were added, {taken.known} were there already."
        messages.success(request, done)
        return redirect("admin:parties_organisation_changelist")


def _read(form: ListForm) -> list[OrganisationLine] | None:
    """The lines of the file, all of which can be taken; None, and why at the field, else."""
    try:
        lines = read_organisations(form.cleaned_data["file"])
        new_among(lines)
    except Refused as refusal:
        for sentence in sentences_of(refusal):
            form.add_error("file", sentence)
        return None
    return lines


@admin.register(OrganisationName)
class OrganisationNameAdmin(TrackedAdmin):
    list_display = ["name", "starts_on", "ends_on", "organisation_id"]
    search_fields = ["name", "organisation__ods_code"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["organisation"]


@admin.register(Succession)
class SuccessionAdmin(ReadOnlyAdmin):
    list_display = ["new", "old", "on", "full", "state", "recorded_by"]
    list_filter = ["state", "full"]
    list_select_related = ["new", "old", "recorded_by__person"]
    list_prefetch_related = ["new__names", "old__names"]
    search_fields = ["new__names__name", "old__names__name", "instrument"]
    date_hierarchy = "on"


class ServedInline(ChosenBySearching, DaysInReach, NothingDeleted, admin.TabularInline):
    model = BodyOrganisation
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(Body)
class BodyAdmin(TrackedAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    inlines = [ServedInline]


@admin.register(BodyOrganisation)
class BodyOrganisationAdmin(TrackedAdmin):
    list_display = ["body", "organisation", "starts_on", "ends_on"]
    list_select_related = ["body", "organisation"]
    search_fields = ["body__name", "organisation__names__name"]
    autocomplete_fields = ["body", "organisation"]


@admin.register(PreElectionPeriod)
class PreElectionPeriodAdmin(TrackedAdmin):
    list_display = ["name", "area", "starts_on", "ends_on"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["name", "area__name"]
    autocomplete_fields = ["area"]

    def save_model(
        self, request: HttpRequest, obj: PreElectionPeriod, form: Any, change: bool
    ) -> None:
        """The bodies of its area are planned anew, and those of the area that it had before."""
        before = PreElectionPeriod.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        period_changed(obj, *filter(None, [before]))


@admin.register(Seat)
class SeatAdmin(TrackedAdmin):
    list_display = ["body", "kind", "person", "organisation", "voting", "starts_on", "ends_on"]
    list_filter = ["kind", "voting"]
    list_select_related = ["body", "person", "organisation"]
    search_fields = ["body__name", "person__name", "organisation__names__name"]
    autocomplete_fields = ["body", "person", "organisation"]
