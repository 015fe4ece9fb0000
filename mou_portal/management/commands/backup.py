from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mou_portal.backups.making import Made, make
from mou_portal.backups.programs import Failed
from nhsuk.words import plural


class Command(BaseCommand):
    help = (
        "Writes database and stored files into one archive, reads it again and checks it. Exit 1 "
        "where it could not be made, or where stored files are missing or damaged. Neither the "
        "keys nor the settings are in it."
    )

    def run_from_argv(self, argv: list[str]) -> None:
        """Who reads pages goes first."""
        os.nice(15)
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where to put it: mou-portal-<time>.tar")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"{options['folder']} is no folder. Make it first.")
        try:
            made = make(options["folder"])
        except Failed as problem:
            raise CommandError(f"There is no back-up. {problem}") from None
        self._say(made)

    def _say(self, made: Made) -> None:
        manifest = made.manifest
        self.stdout.write(
            f"Made {made.path}: {plural(sum(manifest.rows.values()), 'row', 'rows')}, "
            f"{plural(manifest.files, 'file', 'files')}, {made.size:,} bytes, read again and right."
        )
        if manifest.files_missing:
            raise CommandError(
                "The back-up was made and kept. These stored files are missing or damaged, and "
                f"not in it: {', '.join(manifest.files_missing)}."
            )
