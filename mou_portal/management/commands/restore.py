from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mou_portal.backups.checking import check
from mou_portal.backups.held_mail import count_what_fell_due
from mou_portal.backups.manifest import Manifest
from mou_portal.backups.programs import Failed
from mou_portal.backups.restoring import Restored, restore
from mou_portal.backups.sums import Unfit
from mou_portal.health import is_behind
from nhsuk.dates import moment
from nhsuk.words import plural


class Command(BaseCommand):
    help = (
        "Restores a back-up into an empty database and an empty folder of files, checks all of it, "
        "and holds e-mails until they are released. A damaged back-up is refused before anything "
        "is touched. Exit 2: restored, but not all could be checked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--replace",
            default="",
            metavar="DATABASE",
            help="the name of the present database, which is put aside for this one",
        )
        parser.add_argument(
            "--check", action="store_true", help="check the back-up, and restore nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        archive: Path = options["archive"]
        try:
            with archive.open("rb") as file:
                if options["check"]:
                    self.stdout.write(f"{archive} is right. {_summary(check(file).manifest)}")
                    return
                done = restore(file, replace=options["replace"])
        except OSError as problem:
            raise CommandError(f"{archive} cannot be read: {problem.strerror}.") from None
        except (Unfit, Failed) as problem:
            raise CommandError(f"{archive} was not restored. {problem}") from None
        self._say(done)
        self._finish(done)

    def _say(self, done: Restored) -> None:
        self.stdout.write(f"Restored. {_summary(done.manifest)} E-mails are held.")
        if done.aside:
            self.stdout.write(f"What was there before is kept as {done.aside}. Remove it later.")
        for name in done.manifest.files_missing:
            self.stdout.write(f"The back-up was made without {name}, which was missing then.")

    def _finish(self, done: Restored) -> None:
        if done.differences:
            raise CommandError(f"The rows are not all there. {' '.join(done.differences)}")
        if is_behind():
            raise CommandError(
                "The back-up is older than this version of the portal, and was not checked yet. "
                "Run: python manage.py set_up; then: python manage.py verify_all",
                returncode=2,
            )
        self.stdout.write("Each table has as many rows as when the back-up was made.")
        count_what_fell_due()
        call_command("verify_all", stdout=self.stdout)
        self.stdout.write("Look at what waits: python manage.py release_mail")


def _summary(manifest: Manifest) -> str:
    rows = plural(sum(manifest.rows.values()), "row", "rows")
    files = plural(manifest.files, "file", "files")
    return f"Made at {moment(manifest.made_at)}: {rows}, {files}."
