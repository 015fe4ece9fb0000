from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deadlines.sweep import sweep_reminders
from house import clock
from mail.sweep import send_due


class Command(BaseCommand):
    help = "One sweep: reminders that are due become e-mails, and waiting e-mails are sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at",
            metavar="T",
            help="What is due at this London time (2026-03-29T09:00) instead of now. Leases and "
            "retries keep to the real time.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = _instant(options["at"]) if options["at"] else None
        with clock.at(at) if at else nullcontext():
            told = sweep_reminders()
        sent = send_due(at=at)
        self.stdout.write(f"Took up {told} reminders, sent {sent} e-mails.")


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{text!r} is no time. Write it like 2026-03-29T09:00; it is taken as London time."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=clock.LONDON)
