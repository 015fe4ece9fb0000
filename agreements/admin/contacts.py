from __future__ import annotations

from django.contrib import admin

from agreements.models import ContactConfirmation
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
