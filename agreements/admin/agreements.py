"""Agreements and their parties, and what is written down about them: contacts, reviews."""

from __future__ import annotations

from django.contrib import admin

from agreements.models import (
    Access,
    Agreement,
    ByHand,
    Change,
    ChangeAnswer,
    ContactConfirmation,
    ContactProposal,
    Counter,
    Disposal,
    EmailWord,
    HandoverNote,
    Happening,
    Hold,
    InboundEmail,
    KeptLonger,
    KeyContact,
    OtherParty,
    Party,
    PartySpell,
    PlannedBack,
    Review,
    ReviewAnswer,
    SavedEmail,
    SetUp,
    SuccessionMove,
    SuccessionWord,
)
from house.admin import ReadOnlyAdmin, TrackedReadOnlyAdmin


@admin.register(Agreement)
class AgreementAdmin(TrackedReadOnlyAdmin):
    list_display = ["reference", "title", "state", "origin", "start_on", "review_on", "created_at"]
    list_filter = ["state", "origin"]
    search_fields = ["reference", "title", "parties__spells__organisation__names__name"]
    date_hierarchy = "created_at"


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin):
    list_display = ["label", "agreement", "slot", "position"]
    list_select_related = ["agreement"]
    search_fields = ["label", "=slot", "^agreement__reference", "agreement__title"]


@admin.register(PartySpell)
class PartySpellAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "side", "agreement", "starts_on", "ends_on"]
    list_select_related = ["organisation", "party__agreement"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name", "^party__agreement__reference"]
    date_hierarchy = "starts_on"

    @admin.display(ordering="party__label")
    def side(self, row: PartySpell) -> str:
        return row.party.label

    @admin.display(ordering="party__agreement__reference")
    def agreement(self, row: PartySpell) -> str:
        return row.party.agreement.reference


@admin.register(SuccessionMove)
class SuccessionMoveAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "succession", "moved_at", "choice"]
    list_select_related = ["agreement", "succession__new", "succession__old"]
    list_prefetch_related = ["succession__new__names", "succession__old__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    list_filter = ["choice"]


@admin.register(SuccessionWord)
class SuccessionWordAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "move", "agrees", "at"]
    list_select_related = ["move__agreement", "move__succession__new", "move__succession__old"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^move__agreement__reference", "reason"]


@admin.register(Access)
class AccessAdmin(ReadOnlyAdmin):
    """Which organisation sees which agreement: the wall itself."""

    list_display = [
        "organisation",
        "agreement",
        "state",
        "next_due_on",
        "next_due_kind",
        "vacant_roles",
    ]
    list_filter = ["state", "next_due_kind"]
    list_select_related = ["organisation", "agreement"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name", "^agreement__reference", "agreement__title"]
    date_hierarchy = "next_due_on"


@admin.register(OtherParty)
class OtherPartyAdmin(ReadOnlyAdmin):
    """With whom an organisation has agreements, as the list's select offers them."""

    list_display = ["organisation", "other"]
    list_select_related = ["organisation", "other"]
    list_prefetch_related = ["organisation__names", "other__names"]
    search_fields = ["organisation__names__name", "other__names__name"]


@admin.register(KeyContact)
class KeyContactAdmin(TrackedReadOnlyAdmin):
    list_display = ["role", "person", "team", "deputy", "agreement", "starts_on", "ends_on"]
    list_select_related = ["person", "team", "deputy", "party__agreement"]
    search_fields = [
        "=role", "person__name", "team__name", "deputy__name", "^party__agreement__reference",
    ]  # fmt: skip
    date_hierarchy = "starts_on"

    @admin.display(ordering="party__agreement__reference")
    def agreement(self, row: KeyContact) -> str:
        return row.party.agreement.reference


@admin.register(ContactProposal)
class ContactProposalAdmin(ReadOnlyAdmin):
    """Whom one party named for another, and what came of it."""

    list_display = ["name", "role", "agreement", "proposed_for", "proposed_at", "answer"]
    list_filter = ["answer"]
    list_select_related = ["party__agreement", "proposed_for"]
    list_prefetch_related = ["proposed_for__names"]
    search_fields = ["name", "email", "=role", "^party__agreement__reference"]
    date_hierarchy = "proposed_at"

    @admin.display(ordering="party__agreement__reference")
    def agreement(self, row: ContactProposal) -> str:
        return row.party.agreement.reference


@admin.register(Happening)
class HappeningAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "agreement", "actor", "organisation"]
    list_filter = ["verb"]
    list_select_related = ["agreement", "actor__person", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["verb", "^agreement__reference", "actor__email", "actor__person__name"]
    date_hierarchy = "at"


@admin.register(SetUp)
class SetUpAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "organisation", "made_by", "template_version", "agreement"]
    list_select_related = [
        "organisation",
        "made_by__person",
        "template_version__template",
        "agreement",
    ]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["made_by__email", "made_by__person__name", "organisation__names__name"]
    date_hierarchy = "created_at"


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ["name", "last"]
    search_fields = ["name"]


@admin.register(ContactConfirmation)
class ContactConfirmationAdmin(ReadOnlyAdmin):
    """The evidence that key contacts are kept up to date."""

    list_display = ["at", "agreement", "contact", "answer", "way", "user"]
    list_filter = ["answer", "way"]
    list_select_related = [
        "contact__person",
        "contact__team",
        "contact__party__agreement",
        "user__person",
    ]
    search_fields = [
        "contact__person__name",
        "contact__team__name",
        "^contact__party__agreement__reference",
    ]
    date_hierarchy = "at"

    @admin.display(ordering="contact__party__agreement__reference")
    def agreement(self, row: ContactConfirmation) -> str:
        return row.contact.party.agreement.reference


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = [
        "agreement",
        "number",
        "due_on",
        "held_on",
        "outcome",
        "next_on",
        "recorded_by",
        "recorded_for",
    ]
    list_filter = ["outcome"]
    list_select_related = ["agreement", "recorded_by__person", "recorded_for"]
    list_prefetch_related = ["recorded_for__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    date_hierarchy = "held_on"


@admin.register(ReviewAnswer)
class ReviewAnswerAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "organisation", "agrees", "user", "at"]
    list_filter = ["agrees"]
    list_select_related = ["review__agreement", "organisation", "user__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^review__agreement__reference", "organisation__names__name", "reason"]
    date_hierarchy = "at"

    @admin.display(ordering="review__agreement__reference")
    def agreement(self, row: ReviewAnswer) -> str:
        return row.review.agreement.reference


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "kind", "state", "on", "opened_by", "opened_for", "opened_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["agreement", "opened_by__person", "opened_for"]
    list_prefetch_related = ["opened_for__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    date_hierarchy = "opened_at"


@admin.register(SavedEmail)
class SavedEmailAdmin(ReadOnlyAdmin):
    """That there is one. What it says, and who sent it, the parties alone read."""

    list_display = ["public_id", "kind", "agreement", "put_for", "put_at", "error_at"]
    list_filter = ["kind"]
    list_select_related = ["agreement", "put_for"]
    list_prefetch_related = ["put_for__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    date_hierarchy = "put_at"
    fields = ["public_id", "kind", "agreement", "put_for", "put_by", "put_at", "sha256", "error_at"]


@admin.register(EmailWord)
class EmailWordAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "email", "agrees", "at"]
    list_select_related = ["organisation", "email"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["organisation__names__name"]
    fields = ["organisation", "email", "agrees", "at"]


@admin.register(InboundEmail)
class InboundEmailAdmin(ReadOnlyAdmin):
    """What came to an address of a party: without a word of it, or its sender."""

    list_display = ["public_id", "agreement", "organisation", "came_at", "state"]
    list_filter = ["state"]
    list_select_related = ["agreement", "organisation"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    date_hierarchy = "came_at"
    fields = ["public_id", "agreement", "organisation", "came_at", "state", "because", "decided_by"]


@admin.register(ByHand)
class ByHandAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "clause", "reviewed_on", "said_for", "said_at", "taken_back_at"]
    list_select_related = ["agreement", "clause__agreement", "said_for"]
    list_prefetch_related = ["said_for__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    date_hierarchy = "reviewed_on"


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """Who placed one, and when. Why is its organisation's own."""

    list_display = ["agreement", "kind", "placed_for", "placed_at", "lifted_at"]
    list_filter = ["kind"]
    list_select_related = ["agreement", "placed_for"]
    list_prefetch_related = ["placed_for__names"]
    search_fields = ["^agreement__reference", "agreement__title"]
    exclude = ["because", "lifted_because"]


@admin.register(Disposal)
class DisposalAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "change", "done_at"]
    list_select_related = ["agreement", "change__agreement"]
    search_fields = ["^agreement__reference", "agreement__title"]
    date_hierarchy = "done_at"


@admin.register(KeptLonger)
class KeptLongerAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "until", "decided_for", "decided_at"]
    list_select_related = ["agreement", "decided_for"]
    list_prefetch_related = ["decided_for__names"]
    search_fields = ["^agreement__reference", "agreement__title"]


@admin.register(PlannedBack)
class PlannedBackAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "deadline", "again_on"]
    list_select_related = ["agreement", "deadline"]
    search_fields = ["^agreement__reference"]


@admin.register(ChangeAnswer)
class ChangeAnswerAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "organisation", "agrees", "user", "at"]
    list_filter = ["agrees"]
    list_select_related = ["change__agreement", "organisation", "user__person"]
    list_prefetch_related = ["organisation__names"]
    search_fields = ["^change__agreement__reference", "organisation__names__name", "reason"]
    date_hierarchy = "at"

    @admin.display(ordering="change__agreement__reference")
    def agreement(self, row: ChangeAnswer) -> str:
        return row.change.agreement.reference


@admin.register(HandoverNote)
class HandoverNoteAdmin(ReadOnlyAdmin):
    """Who wrote one, and when. What it says is its organisation's own."""

    list_display = ["party", "written_by", "written_at", "edit_no"]
    list_select_related = ["party__agreement", "written_by__person"]
    list_prefetch_related = ["party__spells__organisation__names"]
    search_fields = ["^party__agreement__reference"]
    # In the exported table neither.
    exclude = ["text"]
    date_hierarchy = "written_at"
