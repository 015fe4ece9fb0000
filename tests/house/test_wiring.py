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


def test_whoever_answers_is_installed_under_its_name() -> None:
    assert {room.name.partition(".")[0] for room in rooms()} <= set(INSTALLED)
