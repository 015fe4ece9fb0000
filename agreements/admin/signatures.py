from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from agreements.models import (
    Confirmation,
    PaperSignature,
    RegisteredCopy,
    Seal,
    Signature,
    SignatureRequest,
)
from agreements.signing.services.sealing import make_again
from house.admin import ReadOnlyAdmin, try_each


@admin.register(SignatureRequest)
class SignatureRequestAdmin(ReadOnlyAdmin):
    list_display = ["version", "party", "person", "title", "state", "asked_at"]
    list_filter = ["state"]
    list_select_related = ["version__agreement", "party", "person"]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["^version__agreement__reference", "person__name", "title"]
    date_hierarchy = "asked_at"


@admin.register(PaperSignature)
class PaperSignatureAdmin(ReadOnlyAdmin):
    list_display = ["signed_by", "signed_on", "state", "request", "recorded_by", "recorded_at"]
    list_filter = ["state"]
    list_select_related = ["request__person", "request__party", "recorded_by__person"]
    list_prefetch_related = ["request__party__spells__organisation__names"]
    search_fields = ["signed_by", "^request__version__agreement__reference"]
    date_hierarchy = "signed_on"


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ["typed_name", "signed_on", "method", "agreement", "user", "at"]
    list_filter = ["method"]
    list_select_related = ["request__version__agreement", "user__person"]
    search_fields = ["typed_name", "sha256", "^request__version__agreement__reference"]
    date_hierarchy = "signed_on"

    @admin.display(ordering="request__version__agreement__reference")
    def agreement(self, row: Signature) -> str:
        return row.request.version.agreement.reference


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ["version", "state", "sealed_at", "attempts", "next_try", "problem"]
    list_filter = ["state"]
    list_select_related = ["version__agreement"]
    search_fields = ["^version__agreement__reference", "version__agreement__title", "problem"]
    date_hierarchy = "sealed_at"
    actions = ["make_again"]

    @admin.action(description="Make again what could not be made")
    def make_again(self, request: HttpRequest, seals: QuerySet[Seal]) -> None:
        """Those that were made, or are being made, stay as they are."""
        again = try_each(seals, lambda seal: make_again(actor=request.user, seal=seal))
        self.message_user(request, f"{again} of {len(seals)} marked are being made again.")


@admin.register(RegisteredCopy)
class RegisteredCopyAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "file", "recorded_by", "recorded_for", "recorded_at"]
    list_select_related = ["agreement", "file", "recorded_by__person", "recorded_for"]
    list_prefetch_related = ["recorded_for__names"]
    search_fields = ["^agreement__reference", "agreement__title", "file__name"]
    date_hierarchy = "recorded_at"


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "organisation", "agrees", "user", "at"]
    list_filter = ["agrees"]
    list_select_related = ["copy__agreement", "organisation", "user__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^copy__agreement__reference", "organisation__names__name", "reason"]
    date_hierarchy = "at"

    @admin.display(ordering="copy__agreement__reference")
    def agreement(self, row: Confirmation) -> str:
        return row.copy.agreement.reference
