"""Lists the files that no row names, or removes them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.models import StoredFile
from documents.unnamed import unnamed_files
from nhsuk.dates import moment
from nhsuk.words import plural


class Command(BaseCommand):
    help = (
        "Lists the stored files that no row names, older than a day: a process was killed before "
        "it wrote the row. With --remove they are removed. After a restore with --replace the "
        "rows that were put aside may name them: drop those first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove them for good")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"] and not StoredFile.objects.exists():
            raise CommandError(
                "The database names no file at all. Look whether it is the one of these files."
            )
        count = 0
        for found in unnamed_files():
            count += 1
            self.stdout.write(f"{found.path}: {found.size:,} bytes, {moment(found.stored_at)}")
            if options["remove"]:
                found.path.unlink(missing_ok=True)
        done = "removed" if options["remove"] else "named by no row"
        self.stdout.write(f"{plural(count, 'file', 'files')} {done}.")
