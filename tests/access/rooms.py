"""The places of the rooms above agreements: each file of `places/` gives its room's own.

Its function `places(world)` makes things by the services and gives {name: URL arguments}.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.access.world import World


def places_of_rooms(world: World) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for file in sorted((Path(__file__).parent / "places").glob("*.py")):
        found |= import_module(f"tests.access.places.{file.stem}").places(world)
    return found
