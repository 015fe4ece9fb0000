from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from agreements.signing.services.sealing import seal_due
from audit.chain import link_new_entries
from deadlines.sweep import sweep_reminders
from jobs.sweep import work_due
from mail.sweep import send_due
from mou_portal.daily import tell_administrators


class Command(BaseCommand):
    help = (
        "Does once what the workers do every minute: takes up due reminders, works on background "
        "jobs, makes waiting signed copies, links new audit entries, tells administrators of the "
        "day, sends waiting e-mails. For an installation without a broker, from cron."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told, worked = sweep_reminders(), work_due()
        sealed, linked = seal_due(), link_new_entries()
        tell_administrators()
        sent = send_due()
        self.stdout.write(
            f"Took up {told} reminders, did {worked} pieces of work, sealed {sealed}, sent {sent}, "
            f"linked {linked}."
        )
