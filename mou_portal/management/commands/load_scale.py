from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from mou_portal.environment import PRODUCTION
from mou_portal.management.commands.demo import PASSWORD
from mou_portal.scale.loading import NotEmpty, load


class Command(BaseCommand):
    help = (
        "Fills an empty PostgreSQL database with invented agreements, to measure the portal: the "
        "services make one of each kind, and COPY multiplies them (mou_portal/scale/)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agreements", type=int, required=True, help="How many, from 40 on.")

    def handle(self, *args: Any, **options: Any) -> None:
        if PRODUCTION:
            raise CommandError("Invented data does not belong into a production database.")
        if connection.vendor != "postgresql":
            raise CommandError("This needs PostgreSQL. Set DATABASE_URL.")
        if options["agreements"] < 40:
            raise CommandError("Give a number from 40 on: so many it takes to have each kind.")
        call_command("set_up", database_only=True)
        try:
            load(options["agreements"], password=PASSWORD, say=self.stdout.write)
        except NotEmpty as problem:
            raise CommandError(str(problem)) from None
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
