from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agreements.emails.inbound.mailbox import read_mailbox


class Command(BaseCommand):
    help = "Takes in what was forwarded to the portal's mailbox (INBOUND_IMAP_URL)."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.INBOUND_MAILBOX is None:
            raise CommandError("No mailbox is configured: INBOUND_IMAP_URL is not set.")
        found = read_mailbox()
        said = ", ".join(f"{number} {what}" for what, number in sorted(found.items()))
        self.stdout.write(f"Read the mailbox: {said or 'nothing new'}.")
