"""In production a missing or unsafe setting stops the start with a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployment.compose import ROOT

GOOD = {
    "MODE": "production",
    "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "AUDIT_KEY": "fedcba9876543210" * 4,
    "SITE_URL": "https://mou-portal.example",
    "ALLOWED_HOSTS": "",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/nobody_listens_there",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "EMAIL_FROM": "portal@mou-portal.example",
    "SEAL_CERTIFICATE": "/nowhere/certificate.pem",
    "SEAL_KEY": "/nowhere/key.pem",
}


def started(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """What happens when the settings are read, and what hosts the portal then answers to."""
    environment = os.environ | GOOD | {"VAR_FOLDER": str(folder)} | changes
    says = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    return subprocess.run(
        [sys.executable, "-c", says], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_with_all_of_them_it_starts_and_answers_to_its_own_address(tmp_path: Path) -> None:
    assert started(tmp_path).stdout == "['mou-portal.example']\n"
    more = started(tmp_path, ALLOWED_HOSTS="mou.example,mou-portal.example")
    assert more.stdout == "['mou.example', 'mou-portal.example']\n"


@pytest.mark.parametrize(
    "name", sorted(set(GOOD) - {"MODE", "DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS"})
)
def test_without_one_it_stops_and_names_it(name: str, tmp_path: Path) -> None:
    result = started(tmp_path, **{name: ""})
    assert result.returncode == 1
    assert f"{name} is not set. Set it in the environment or in .env" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too weak."),
        ("AUDIT_KEY", "x" * 64, "AUDIT_KEY is too weak."),
        ("SITE_URL", "http://mou-portal.example", "In production it must start with https://."),
        ("MODE", "prod", "Set it to one of production, demonstration, test."),
    ],
)
def test_an_unsafe_one_stops_it_too(name: str, value: str, sentence: str, tmp_path: Path) -> None:
    result = started(tmp_path, **{name: value})
    assert result.returncode == 1
    assert sentence in result.stderr
