from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from house.admin import ReadOnlyAdmin, try_each
from house.refusals import Refused
from mail.holds import due_before, release, waiting
from mail.models import Delivery, Hold
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


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """The restores after which e-mails were held, and the way to release them."""

    list_display = [
        "restored_at",
        "as_of",
        "due_before",
        "waiting",
        "released_at",
        "released_by",
        "old_sent",
    ]
    list_select_related = ["released_by__person"]
    search_fields = ["released_by__email", "released_by__person__name"]
    actions = ["release", "release_all"]

    @admin.display(description="due before the restore")
    def due_before(self, hold: Hold) -> str:
        if hold.released_at:
            return "-"
        return "not counted yet" if hold.counted_to is None else str(due_before(hold).count())

    @admin.display(description="waiting in all")
    def waiting(self, hold: Hold) -> str:
        return "-" if hold.released_at else str(waiting().count())

    @admin.action(description="Release e-mails; what was due before the restore is not sent")
    def release(self, request: HttpRequest, holds: QuerySet[Hold]) -> None:
        self._release(request, send_old=False)

    @admin.action(description="Release e-mails, and send what was due before the restore too")
    def release_all(self, request: HttpRequest, holds: QuerySet[Hold]) -> None:
        self._release(request, send_old=True)

    def _release(self, request: HttpRequest, *, send_old: bool) -> None:
        try:
            old = release(actor=request.user, send_old=send_old)
        except Refused as problem:
            self.message_user(request, str(problem), messages.ERROR)
            return
        became = "on their way" if send_old else "marked as not sent"
        self.message_user(request, f"E-mails go again. Due before the restore and {became}: {old}.")
