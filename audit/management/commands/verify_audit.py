from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.chain import first_fault, head, link_new_entries


class Command(BaseCommand):
    help = "Walks the audit's chain and names the first link that does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        link_new_entries()
        fault = first_fault()
        if fault:
            raise CommandError(fault.sentence)
        seq, digest = head()
        self.stdout.write(f"The audit holds: {seq} links, head {digest[:16]}.")
