"""Reads the settings that come from the environment, and stops with a sentence when one is unfit.

MODE says what for: `production` (the default, strict), `demonstration` (trying the portal out on
this machine) or `test`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT: Final = Path(__file__).resolve().parent.parent
VAR: Final = Path(os.environ.get("VAR_FOLDER", ROOT / "var"))
MODES: Final = ("production", "demonstration", "test")

env = environ.Env()
# Tests bring their own settings: what a person put into .env must not change what they show.
if os.environ.get("MODE") != "test" and (ROOT / ".env").exists():
    environ.Env.read_env(ROOT / ".env")

MODE: Final[str] = env.str("MODE", default="production")
if MODE not in MODES:
    raise ImproperlyConfigured(f"MODE is {MODE!r}. Set it to one of {', '.join(MODES)}.")
PRODUCTION: Final = MODE == "production"


def required(name: str, otherwise: str) -> str:
    """A setting that production must bring; elsewhere `otherwise` serves."""
    value = env.str(name, default="" if PRODUCTION else otherwise)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment or in .env; .env.example explains it. "
            "To try the portal out on this machine, use `make run`."
        )
    return str(value)


def secret(name: str, otherwise: str) -> str:
    """A secret that production must bring, and that nobody guesses."""
    key = required(name, otherwise)
    if PRODUCTION and (len(key) < 50 or len(set(key)) < 10):
        raise ImproperlyConfigured(
            f"{name} is too weak. Use at least 50 random characters, for example from "
            "`openssl rand -hex 32`."
        )
    return key


def site_url() -> str:
    """The portal's own base address, without a final slash; links in e-mails begin with it."""
    url = required("SITE_URL", otherwise="http://127.0.0.1:8000").rstrip("/")
    if PRODUCTION and not url.startswith("https://"):
        raise ImproperlyConfigured(
            f"SITE_URL is {url!r}. In production it must start with https://."
        )
    return url


def allowed_hosts(site_url: str) -> list[str]:
    """The host names that the portal answers to: that of its own address if nothing is said."""
    if not PRODUCTION:
        return ["*"]
    return env.list("ALLOWED_HOSTS", default=[]) or [urlsplit(site_url).hostname or ""]
