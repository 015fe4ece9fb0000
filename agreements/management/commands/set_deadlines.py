from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from agreements.signing.due import make_up_for_missing


class Command(BaseCommand):
    help = (
        "Sets the deadlines of agreements that have none yet, as after an upgrade. What is "
        "due at once is told with the next sweep. A second time it changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        references = list(make_up_for_missing())
        if references or options["verbosity"] > 1:
            self.stdout.write(f"Set the deadlines of {len(references)} agreements.")
