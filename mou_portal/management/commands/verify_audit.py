from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.signing.heads import head_in, heads_in_copies
from audit.heads import Noted
from audit.report import examine
from documents.checking import inspect
from documents.places import WORKER

MOST_SAID = 20


def noted_head(text: str) -> Noted:
    """ "1234:9f86…" as an e-mail to the administrators has it."""
    found = re.fullmatch(r"(\d+):([0-9a-f]{64})", text)
    if not found:
        raise ArgumentTypeError("write it as the e-mail has it, a number, a colon and 64 digits")
    return Noted(int(found[1]), found[2], f"the head {text[:24]}… that you gave")


class Command(BaseCommand):
    help = (
        "Walks the audit's chain, compares it with the heads in the stored signed copies, names "
        "the first link that does not hold, and says what is not proved. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", action="append", default=[], type=noted_head,
                            help="a head out of an e-mail; again for each")  # fmt: skip
        parser.add_argument("--copy", action="append", default=[], type=Path,
                            help="a signed copy from outside; again for each")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*heads_in_copies(), *options["head"], *_of_files(options["copy"])]
        report = examine(each for each in found if isinstance(each, Noted))
        without = [each for each in found if isinstance(each, str)]
        if report.fault:
            raise CommandError("\n".join([*report.sentences(), *_some(without)]))
        for sentence in (*report.sentences(), *_some(without)):
            self.stdout.write(sentence)


def _of_files(paths: Iterable[Path]) -> Iterable[Noted | str]:
    for path in paths:
        try:
            pdf = path.read_bytes()
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
        if not inspect(pdf, caller=WORKER).sealed:
            raise CommandError(f"{path} is no signed copy with an unbroken seal of this portal.")
        yield head_in(pdf, where=str(path)) or f"No head in {path}."


def _some(sentences: list[str]) -> list[str]:
    """The first of many alike."""
    more = len(sentences) - MOST_SAID
    return sentences[:MOST_SAID] + ([f"And {more} more."] if more > 0 else [])
