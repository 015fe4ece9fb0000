from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mou_portal.duties import DoesNotCount, last_run, register, shown


class Command(BaseCommand):
    help = "Says which duties the last test run of this tree has shown, and which not."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            runs = last_run()
        except DoesNotCount as why:
            raise CommandError(f"{why}. Run: make test") from why
        found, duties = shown(runs), register()
        total = sum(len(section) for section in duties.values())
        for section, names in duties.items():
            self.stdout.write(f"\n{section}")
            for duty, name in names.items():
                self.stdout.write(f"  {'shown' if duty in found else '     '}  {duty}  {name}")
        parts = ", ".join(run.part for run in runs)
        self.stdout.write(f"\n{len(found)} of {total} duties are shown. What ran: {parts}.")
