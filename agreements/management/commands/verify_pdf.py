from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.signing.checking import Answer, check_file
from documents.places import WORKER

# What the shell's own tools say of something that they could not look at.
NOT_CHECKED = 2


class Command(BaseCommand):
    help = (
        "Says whether a file is a final signed copy of this portal. Exit 0 and the signers when it "
        "is, unchanged; exit 1 and what is wrong when it is not; exit 2 when it could not be "
        "checked, so that nothing is known of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as problem:
            raise CommandError(
                f"{options['file']} cannot be read: {problem.strerror}.", returncode=NOT_CHECKED
            ) from None
        finding = check_file(data, caller=WORKER)
        if finding.copy is None:
            unchecked = finding.answer is Answer.UNCHECKED
            raise CommandError(finding.sentence, returncode=NOT_CHECKED if unchecked else 1)
        self.stdout.write(finding.sentence)
        for signer in () if finding.disposed else finding.copy.signers:
            self.stdout.write(f"  {signer}")
