"""Makes the key and the self-signed certificate of the seal, for development and trying out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.seal import make_certificate
from house import clock


class Command(BaseCommand):
    help = (
        "Makes the key and the certificate of the seal, at SEAL_KEY and SEAL_CERTIFICATE. "
        "Does nothing when both are there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="make new ones all the same; what the former sealed is still known as ours",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        certificate, key = Path(settings.SEAL_CERTIFICATE), Path(settings.SEAL_KEY)
        there = [path for path in (certificate, key) if path.exists()]
        if len(there) == 2 and not options["force"]:
            return
        if len(there) == 1 and not options["force"]:
            raise CommandError(
                f"{there[0]} is there and its counterpart is not. Put it back, or use --force."
            )
        former = certificate.read_bytes() if certificate.exists() else b""
        made, private = make_certificate(name=f"{settings.PORTAL_NAME} seal", at=clock.now())
        _write(key, private, 0o600)
        _write(certificate, made + former, 0o644)
        self.stdout.write(f"Made {certificate} and {key}.")


def _write(path: Path, content: bytes, mode: int) -> None:
    """The whole file or none, never readable by others for a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    new.replace(path)
