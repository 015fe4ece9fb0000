"""A room is named in two places, Django's settings and import-linter: they name the same ones."""

from __future__ import annotations

import pytest
from django.apps import apps

from house.apps import RoomConfig
from house.rooms import rooms
from tests.layers import ROOMS, ROOT_PACKAGES

INSTALLED = [app.name for app in apps.get_app_configs() if isinstance(app, RoomConfig)]


def test_every_package_stands_in_a_layer(pytestconfig: pytest.Config) -> None:
    packages = sorted(file.parent.name for file in pytestconfig.rootpath.glob("*/__init__.py"))
    assert packages == sorted(ROOT_PACKAGES) == sorted(ROOMS)


def test_every_app_is_installed(pytestconfig: pytest.Config) -> None:
    apps_here = sorted(file.parent.name for file in pytestconfig.rootpath.glob("*/apps.py"))
    assert apps_here == sorted(INSTALLED)


def test_every_room_is_registered_under_the_name_of_its_place(pytestconfig: pytest.Config) -> None:
    root = pytestconfig.rootpath
    files = {*root.glob("*/room.py"), *root.glob("*/*/room.py")} - {root / "house" / "room.py"}
    places = sorted(".".join(file.relative_to(root).parent.parts) for file in files)
    assert places == sorted(room.name for room in rooms())
