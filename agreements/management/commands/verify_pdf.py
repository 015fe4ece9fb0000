from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.signing.checking import check_file


class Command(BaseCommand):
    help = (
        "Says whether a file is a final signed copy of this portal. Exit 0 and the signers when it "
        "is, unchanged; exit 1 and what is wrong when it is not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from None
        finding = check_file(data)
        if finding.copy is None:
            raise CommandError(finding.sentence)
        self.stdout.write(finding.sentence)
        for signer in finding.copy.signers:
            self.stdout.write(f"  {signer}")
