from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from agreements.services.sealing import seal_due
from audit.chain import link_new_entries
from mail.sweep import send_due


class Command(BaseCommand):
    help = (
        "Does once what the workers do every minute: sends waiting e-mails, makes waiting signed "
        "copies, links new audit entries. For an installation without a broker, from cron."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sealed, sent, linked = seal_due(), send_due(), link_new_entries()
        self.stdout.write(f"Sealed {sealed}, sent {sent}, linked {linked}.")
