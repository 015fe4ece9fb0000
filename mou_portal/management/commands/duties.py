from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mou_portal.duties import register, shown


class Command(BaseCommand):
    help = "Says which duties the last test run of this tree has shown, and which not."

    def handle(self, *args: Any, **options: Any) -> None:
        found = shown()
        if found is None:
            raise CommandError("There is no test run of the code as it is now. Run: make test")
        duties = register()
        total = sum(len(section) for section in duties.values())
        for section, names in duties.items():
            self.stdout.write(f"\n{section}")
            for duty, name in names.items():
                self.stdout.write(f"  {'shown' if duty in found else '     '}  {duty}  {name}")
        self.stdout.write(f"\n{len(found)} of {total} duties are shown.")
