from __future__ import annotations

from django.contrib import admin

from house.admin import ReadOnlyAdmin
from mail.models import Delivery


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
