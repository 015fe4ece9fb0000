from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.disposal.queries import disposal_of
from agreements.disposal.stub import said_of
from agreements.models import Agreement, Seal
from agreements.signing.signed_copy import build_unsigned_copy
from documents.rendering import RenderingFailed
from documents.storage import read
from house import clock


class Command(BaseCommand):
    help = "Writes an agreement as a PDF: the signed copy, or else the text in force or the newest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        agreement = Agreement.objects.filter(reference=options["reference"]).first()
        if agreement is None:
            raise CommandError(f"There is no agreement {options['reference']}.")
        if agreement.is_disposed:
            said = said_of(disposal_of(agreement))
            raise CommandError(f"There is no text of {agreement.reference} any more. {said}")
        pdf, what = _pdf_of(agreement)
        options["output"].write_bytes(pdf)
        self.stdout.write(f"{what} of {agreement.reference}: {options['output']}")


def _pdf_of(agreement: Agreement) -> tuple[bytes, str]:
    if agreement.is_registered:
        return read(agreement.registered_copy.file), "The registered copy"
    seal = Seal.objects.filter(version=agreement.in_force_version, state="sealed").first()
    if seal and seal.file:
        return read(seal.file), "The final signed copy"
    newest = agreement.versions.exclude(state="withdrawn").order_by("-seq").first()
    version = agreement.in_force_version or newest
    if version is None:
        raise CommandError(f"{agreement.reference} has no text to print.")
    try:
        return build_unsigned_copy(version, made_at=clock.now()), f"The text, {version.name},"
    except RenderingFailed as problem:
        raise CommandError(problem.sentence) from problem
