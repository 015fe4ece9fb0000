from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from agreements.signing.services.sealing import seal_due
from audit.chain import link_new_entries
from deadlines.sweep import sweep_reminders
from mail.sweep import send_due
from mou_portal.daily import tell_administrators


class Command(BaseCommand):
    help = (
        "Does once what the workers do every minute: takes up due reminders, makes waiting signed "
        "copies, links new audit entries, tells administrators of the day, sends waiting e-mails. "
        "For an installation without a broker, from cron."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told, sealed, linked = sweep_reminders(), seal_due(), link_new_entries()
        tell_administrators()
        sent = send_due()
        self.stdout.write(
            f"Took up {told} reminders, sealed {sealed}, sent {sent}, linked {linked}."
        )
