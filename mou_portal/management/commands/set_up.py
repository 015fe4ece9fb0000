from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from mou_portal.backups.held_mail import count_what_fell_due
from mou_portal.environment import PRODUCTION


class Command(BaseCommand):
    help = (
        "Brings database and static files to the state of the code; a second time it changes "
        "nothing. Where the portal is tried out it also makes a certificate for the seal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Load the demonstration data too.")
        parser.add_argument(
            "--database-only",
            action="store_true",
            help="leave the static files: in an image they were collected when it was built",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("set_deadlines")
        count_what_fell_due()
        if not options["database_only"]:
            # Without the fonts: no browser asks for them, and packing them takes a minute.
            call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["fonts"])
        if not PRODUCTION:
            call_command("make_seal_certificate")
        if options["demo"]:
            call_command("demo")
