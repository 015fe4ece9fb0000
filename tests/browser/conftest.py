"""Browsers in front of a running portal, with the cast of the tests at work in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from agreements.library import library
from agreements.templates.services.keeping import take_from_library
from parties.models import User
from tests.browser.keyboard import AtKeyboard
from tests.browser.visitors import Visitor, WithoutScripts
from tests.cast import PASSWORD, Cast, acting
from tests.in_browser import AXE

Visits = Callable[[User | None], Visitor]


@pytest.fixture
def complaints() -> list[str]:
    """What was wrong with any page that somebody came to."""
    return []


@pytest.fixture
def at_keyboard(
    live_server: LiveServer, chrome: Browser, complaints: list[str]
) -> Iterator[Visits]:
    """`at_keyboard(cast.manager)`: somebody who has logged in and uses no mouse."""
    yield from _visits(AtKeyboard, live_server, chrome, complaints)


@pytest.fixture
def without_scripts(
    live_server: LiveServer, chrome: Browser, complaints: list[str]
) -> Iterator[Visits]:
    yield from _visits(WithoutScripts, live_server, chrome, complaints)


def _visits(
    kind: type[Visitor], server: LiveServer, chrome: Browser, complaints: list[str]
) -> Iterator[Visits]:
    computers = []

    def sits_down(user: User | None) -> Visitor:
        computer = chrome.new_context(base_url=server.url, java_script_enabled=kind.has_scripts)
        computer.add_init_script(path=AXE)
        computers.append(computer)
        visitor = kind(computer.new_page(), complaints)
        if user is not None:
            log_in(visitor, user)
        return visitor

    yield sits_down
    for computer in computers:
        computer.close()


def log_in(visitor: Visitor, user: User) -> None:
    visitor.open("/")
    visitor.write("E-mail address", user.email)
    visitor.write("Password", PASSWORD)
    visitor.press("Log in")
    visitor.sees("What needs you")


@pytest.fixture
def parties(live_server: LiveServer, cast: Cast) -> Cast:
    """Both parties' people; the Area Team's manager has taken the template that comes along."""
    for name in ("manager", "colleague", "signatory", "other_manager", "other_signatory"):
        getattr(cast, name)
    take_from_library(by=acting(cast.manager), source=library()["area-team-and-ccg"])
    return cast


@pytest.fixture(autouse=True)
def _sealing(can_seal: None) -> None:
    """Every walk may end in a signed copy."""
