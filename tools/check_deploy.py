"""`check --deploy` under production settings: no warning may be left."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    with TemporaryDirectory() as folder:
        settings = {
            "MODE": "production",
            "VAR_FOLDER": folder,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "AUDIT_KEY": secrets.token_urlsafe(50),
            "SITE_URL": "https://mou-portal.example",
            # Nothing connects.
            "DATABASE_URL": "postgres://portal_app@127.0.0.1:5432/mou_portal",
            "DATABASE_OWNER_URL": "postgres://portal@127.0.0.1:5432/mou_portal",
            "EMAIL_URL": "smtp+tls://user:secret@mail.mou-portal.example:587",
            "EMAIL_FROM": "portal@mou-portal.example",
            "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
            "SEAL_CERTIFICATE": f"{folder}/certificate.pem",
            "SEAL_KEY": f"{folder}/key.pem",
        }
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        sys.exit(
            subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=False).returncode
        )


if __name__ == "__main__":
    main()
