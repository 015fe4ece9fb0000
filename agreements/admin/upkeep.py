"""What is written down about agreements in force: key contacts and reviews."""

from __future__ import annotations

from django.contrib import admin

from agreements.models import ContactConfirmation, Review, ReviewAnswer
from house.admin import ReadOnlyAdmin


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
