"""docker-compose.yml as a test reads it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
# Those that run the portal's own image.
PORTAL = {name: service for name, service in SERVICES.items() if service.get("build")}

_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def variables(text: str) -> set[str]:
    """The names that the text takes from .env."""
    return {name for name, _, _ in _VARIABLE.findall(text)}


def filled_in(text: str, values: dict[str, str]) -> str:
    """The text as Compose reads it. Raises KeyError for a value that must be there and is not."""

    def value(found: re.Match[str]) -> str:
        name, kind, otherwise = found.groups()
        if values.get(name):
            return values[name]
        if kind == "-":
            return str(otherwise)
        raise KeyError(name)

    return _VARIABLE.sub(value, text).replace("$$", "$")


def environment_of(service: str, values: dict[str, str]) -> dict[str, str]:
    """The environment that the service gets."""
    return {
        name: filled_in(str(value), values)
        for name, value in SERVICES[service].get("environment", {}).items()
    }
