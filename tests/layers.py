"""The rooms of the house by height, the lowest first, as import-linter holds them apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

_PROJECT = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text())
_LINTER = _PROJECT["tool"]["importlinter"]
_DOWNWARDS = next(
    each for each in _LINTER["contracts"] if each["name"] == "An import goes downwards only"
)

ROOT_PACKAGES: list[str] = _LINTER["root_packages"]
LAYERS: list[list[str]] = [layer.split(" | ") for layer in reversed(_DOWNWARDS["layers"])]
ROOMS = [room for layer in LAYERS for room in layer]
