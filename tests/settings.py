"""The settings of a test run: quick, and apart from what a person tries out."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("MODE", "test")

from mou_portal.settings import *  # noqa: F403

# Removed when the run ends.
_folder = TemporaryDirectory(prefix="mou-portal-test-")

FILES_FOLDER = Path(_folder.name) / "files"
EMAIL_FOLDER = Path(_folder.name) / "mail"
PLACES_FOLDER = Path(_folder.name) / "places"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_FOLDER), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each client of a test has its own middleware: it would look at every static file there is.
WHITENOISE_AUTOREFRESH = True
# A slow sum protects real passwords; here it would only cost time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Redis where the run has it; otherwise a broker in this process, which nobody listens to.
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
CELERY_BROKER_TRANSPORT_OPTIONS = {}
