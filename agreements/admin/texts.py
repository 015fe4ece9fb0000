"""Templates and texts of agreements, what was decided about them, and who signed them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from agreements.models import (
    Approval,
    AssociatedDocument,
    Clause,
    ClauseText,
    Confirmation,
    CopyChange,
    DocumentVersion,
    PaperSignature,
    RegisteredCopy,
    Seal,
    Signature,
    SignatureRequest,
    Template,
    TemplateClause,
    TemplateGrant,
    TemplateShare,
    TemplateVersion,
    Version,
)
from agreements.signing.services.sealing import make_again
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin, try_each


@admin.register(Template)
class TemplateAdmin(TrackedReadOnlyAdmin):
    list_display = ["name", "organisation", "key"]
    list_select_related = ["organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["name", "key", "organisation__names__name", "=organisation__ods_code"]


@admin.register(TemplateVersion)
class TemplateVersionAdmin(TrackedReadOnlyAdmin):
    list_display = ["template", "seq", "state", "published_at"]
    list_filter = ["state"]
    list_select_related = ["template"]
    search_fields = ["template__name", "template__organisation__names__name"]
    date_hierarchy = "published_at"


@admin.register(TemplateClause)
class TemplateClauseAdmin(TrackedReadOnlyAdmin):
    list_display = ["heading", "kind", "version", "position", "edit_no"]
    list_filter = ["kind"]
    list_select_related = ["version__template"]
    search_fields = ["heading", "body", "key", "version__template__name"]


@admin.register(TemplateGrant)
class TemplateGrantAdmin(ReadOnlyAdmin):
    """Who was let in to a template of another organisation. Its keepers let in, and stop it."""

    list_display = ["user", "permission", "content_object"]
    list_select_related = ["user__person", "permission__content_type", "content_object"]
    search_fields = ["user__email", "user__person__name", "content_object__name"]


@admin.register(TemplateShare)
class TemplateShareAdmin(ReadOnlyAdmin):
    """Which organisations may start agreements from a template of another one."""

    list_display = ["template", "organisation", "shared_by", "shared_at", "ended_at"]
    list_select_related = ["template", "organisation", "shared_by__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["template__name", "organisation__names__name"]
    date_hierarchy = "shared_at"


@admin.register(Version)
class VersionAdmin(TrackedReadOnlyAdmin):
    list_display = ["agreement", "seq", "label", "state", "frozen_at", "author", "short_hash"]
    list_filter = ["state"]
    list_select_related = ["agreement", "author__person"]
    search_fields = ["^agreement__reference", "agreement__title", "=label", "sha256"]
    date_hierarchy = "frozen_at"


@admin.register(Clause)
class ClauseAdmin(ReadOnlyAdmin):
    list_display = ["key", "agreement"]
    list_select_related = ["agreement"]
    search_fields = ["key", "^agreement__reference", "agreement__title"]


@admin.register(ClauseText)
class ClauseTextAdmin(TrackedReadOnlyAdmin):
    list_display = ["heading", "kind", "status", "version", "position", "edited_by", "edited_at"]
    list_filter = ["kind", "status"]
    list_select_related = ["version__agreement", "edited_by__person"]
    search_fields = ["heading", "body", "^version__agreement__reference"]
    date_hierarchy = "edited_at"


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    list_display = ["version", "party", "decision", "decider", "decided_on", "recorded_by"]
    list_filter = ["decision", "route"]
    list_select_related = ["version__agreement", "party", "recorded_by__person"]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["^version__agreement__reference", "decider", "minute_reference"]
    date_hierarchy = "decided_on"


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
    list_display = ["signer", "typed_name", "signed_on", "method", "agreement", "user", "at"]
    list_filter = ["method"]
    list_select_related = ["request__version__agreement", "request__person", "user__person"]
    search_fields = [
        "account_name",
        "typed_name",
        "sha256",
        "^request__version__agreement__reference",
    ]
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


@admin.register(CopyChange)
class CopyChangeAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "kind", "state", "made_by", "made_for", "made_at", "answered_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["copy__agreement", "made_by__person", "made_for"]
    list_prefetch_related = ["made_for__names"]
    search_fields = ["^copy__agreement__reference", "made_for__names__name", "because"]
    date_hierarchy = "made_at"

    @admin.display(ordering="copy__agreement__reference")
    def agreement(self, row: CopyChange) -> str:
        return row.copy.agreement.reference


@admin.register(AssociatedDocument)
class AssociatedDocumentAdmin(ReadOnlyAdmin):
    """What agreements are read with. Their parties change the lists, on the portal's pages."""

    list_display = ["agreement", "kind", "kept_by", "is_own", "edit_no", "ended_at"]
    list_filter = ["kind"]
    list_select_related = ["agreement", "kept_by__agreement"]
    list_prefetch_related = ["kept_by__spells__organisation__names"]
    search_fields = ["agreement__reference", "agreement__title", "versions__title"]


@admin.register(DocumentVersion)
class DocumentVersionAdmin(ReadOnlyAdmin):
    list_display = ["title", "document", "seq", "label", "dated_on", "review_on", "added_by"]
    list_select_related = ["document__agreement", "added_by__person"]
    search_fields = ["title", "document__agreement__reference"]
    date_hierarchy = "added_at"
