from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from house.admin import NothingDeleted, TrackedAdmin
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Area, Body, BodyOrganisation, Organisation, OrganisationName, Seat
from parties.services.lists import Taken, sentences_of
from parties.services.organisations import take_organisations


class NameInline(NothingDeleted, admin.TabularInline):
    model = OrganisationName
    extra = 0


class ListForm(forms.Form):
    file = forms.FileField()


@admin.register(Area)
class AreaAdmin(NothingDeleted, admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    import_export_change_list_template = "admin/parties/organisation_list.html"
    list_display = ["name", "kind", "ods_code", "area", "opened_on", "closed_on"]
    list_filter = ["kind", "is_legal_body", "area"]
    list_select_related = ["area"]
    search_fields = ["names__name", "ods_code"]
    autocomplete_fields = ["area"]
    inlines = [NameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.named().by_name()

    def get_urls(self) -> list[URLPattern]:
        upload = path(
            "upload/", self.admin_site.admin_view(self.upload), name="parties_organisation_upload"
        )
        return [upload, *super().get_urls()]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Organisations from a list."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ListForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            taken = self._take(request, form)
            if taken is not None:
                messages.success(
                    request,
                    f"{taken.new} organisations were added, {taken.known} were there already.",
                )
                return redirect("admin:parties_organisation_changelist")
        context = {**self.admin_site.each_context(request), "form": form, "title": "Upload a list"}
        return TemplateResponse(request, "admin/parties/upload.html", context)

    def _take(self, request: HttpRequest, form: ListForm) -> Taken | None:
        by = Acting(request.user)
        try:
            return take_organisations(by=by, file=form.cleaned_data["file"])
        except Refused as refusal:
            for sentence in sentences_of(refusal):
                form.add_error("file", sentence)
        return None


@admin.register(OrganisationName)
class OrganisationNameAdmin(TrackedAdmin):
    list_display = ["name", "starts_on", "ends_on", "organisation_id"]
    search_fields = ["name", "organisation__ods_code"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["organisation"]


class ServedInline(NothingDeleted, admin.TabularInline):
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


@admin.register(Seat)
class SeatAdmin(TrackedAdmin):
    list_display = ["body", "kind", "person", "organisation", "voting", "starts_on", "ends_on"]
    list_filter = ["kind", "voting"]
    list_select_related = ["body", "person", "organisation"]
    search_fields = ["body__name", "person__name", "organisation__names__name"]
    autocomplete_fields = ["body", "person", "organisation"]
