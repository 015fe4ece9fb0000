from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from house.admin import ReadOnlyAdmin, try_each
from mail.models import Delivery
from mail.services import send_again


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = [
        "address",
        "kind",
        "state",
        "created_at",
        "sent_at",
        "attempts",
        "next_try",
        "last_error",
    ]
    list_filter = ["state", "kind"]
    search_fields = ["address", "message_id", "dedupe"]
    date_hierarchy = "created_at"
    actions = ["send_again"]

    @admin.action(description="Send again what did not arrive")
    def send_again(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        """Those that are sent, on their way or no longer needed stay as they are."""
        again = try_each(
            deliveries,
            lambda each: send_again(actor=request.user, organisation_id=None, delivery=each),
        )
        self.message_user(request, f"{again} of {len(deliveries)} marked are on their way again.")
