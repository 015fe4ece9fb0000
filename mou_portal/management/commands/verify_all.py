from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mou_portal.backups.verifying import Result, verify
from nhsuk.words import plural


class Command(BaseCommand):
    help = (
        "Checks all that the portal keeps: migrations, the audit's chain, every stored file "
        "against its hash, every frozen text against its check code, every seal. Changes nothing. "
        "Exit 0: all is right; 1: something is wrong, and named; 2: not all could be checked."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = unchecked = 0
        for result in verify():
            self._say(result)
            wrong, unchecked = wrong + len(result.wrong), unchecked + len(result.unchecked)
        if wrong:
            things = plural(wrong, "thing is", "things are")
            raise CommandError(f"{things} wrong. Look at the lines that say so.")
        if unchecked:
            things = plural(unchecked, "thing", "things")
            raise CommandError(f"{things} could not be checked.", returncode=2)
        self.stdout.write("Everything is as it was kept.")

    def _say(self, result: Result) -> None:
        self.stdout.write(f"{result.what}: {result.right:,} right.")
        for sentence in result.wrong:
            self.stdout.write(f"  Wrong: {sentence}")
        for sentence in result.notes:
            self.stdout.write(f"  {sentence}")
        for sentence in result.unchecked:
            self.stdout.write(f"  Not checked: {sentence}")
