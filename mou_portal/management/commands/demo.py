from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agreements.signing.services.sealing import seal_due
from mou_portal.demonstration import load_rooms
from mou_portal.demonstration.agreements import load_agreements
from mou_portal.demonstration.neighbours import NEIGHBOURS, load_neighbours
from mou_portal.demonstration.people import STAFF, SYSTEM_ADMINISTRATOR, address_of, load_people
from mou_portal.environment import MODE, env

PASSWORD = "dales-and-moors-2013"  # noqa: S105 - for trying the portal out on one's own machine


class Command(BaseCommand):
    help = "Loads the demonstration data; a second time it changes nothing. Prints the log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if MODE == "production":
            raise CommandError("Demonstration data does not belong into a production database.")
        password = env.str("DEMO_PASSWORD", default=PASSWORD)
        load_people(password)
        load_neighbours(password)
        load_agreements()
        load_rooms()
        seal_due()
        self._print_log_ins(password)

    def _print_log_ins(self, password: str) -> None:
        self.stdout.write(f"\nThe portal: {settings.SITE_URL}   password for all: {password}\n\n")
        for somebody in [*STAFF, *NEIGHBOURS]:
            if somebody.roles:
                roles = ", ".join(role.label for role in somebody.roles)
                email = address_of(somebody.name, somebody.organisation)
                self.stdout.write(f"  {email:52} {roles}")
        self.stdout.write(f"  {SYSTEM_ADMINISTRATOR:52} System administrator (also /admin/)\n\n")
