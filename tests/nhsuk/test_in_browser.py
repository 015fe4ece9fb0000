"""Every component in a real browser: what axe finds, narrow screens, keyboard, print.

Chromium asks Django's test client instead of a server: no port, no database, the same answers.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect

from tests.in_browser import AXE, SIZES, findings, wider_than_the_window, without_style

pytestmark = pytest.mark.browser

ADDRESS = "https://portal.example/sample/"


@pytest.fixture(autouse=True)
def _only_the_sample(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.nhsuk.sample"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    ours = ("mou_portal.", "web.", "allauth.", "django.contrib.auth.")
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.startswith(ours)]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}px")
def page(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Page]:
    width, height = request.param
    page = chrome.new_page(viewport={"width": width, "height": height})
    page.add_init_script(path=AXE)
    page.route("**/*", answer)
    yield page
    page.close()


def answer(route: Route) -> None:
    request, address = route.request, urlsplit(route.request.url)
    path = address.path
    if path.startswith("/static/"):
        file = Path(str(finders.find(path.removeprefix("/static/"))))
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
        return
    sent = request.post_data_buffer or b""
    kind = request.headers.get("content-type", "text/plain")
    response = Client().generic(request.method, f"{path}?{address.query}", sent, content_type=kind)
    headers = {name: str(value) for name, value in response.items()}
    route.fulfill(status=response.status_code, headers=headers, body=response.content)


def test_nothing_to_object_to_and_no_sideways_scroll(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{ADDRESS}?done")
    assert findings(page) == []
    assert wider_than_the_window(page) <= 0
    assert without_style(page) == []
    # The policy would have complained here about any script or style that it blocks.
    assert complaints == []


def test_errors_take_the_focus_and_lead_to_their_inputs(page: Page) -> None:
    page.goto(ADDRESS)
    page.get_by_label("Title", exact=True).fill("x" * 201)
    page.get_by_label("Month").fill("13")
    page.get_by_label("Practice (optional)").fill("surgery")
    page.get_by_role("button", name="Sign", exact=True).click()
    assert page.title().startswith("Error: ")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter a password").click()
    assert page.evaluate("document.activeElement.name") == "password"
    page.get_by_role("link", name="More than 10 match “surgery”").click()
    assert page.evaluate("document.activeElement.name") == "practice-pick"
    assert page.get_by_role("group", name="Which “surgery” do you mean?").is_visible()
    assert page.get_by_label("Title", exact=True).input_value() == "x" * 201
    assert findings(page) == []
    assert without_style(page) == []
    assert wider_than_the_window(page) <= 0


def test_every_stop_of_the_keyboard_is_in_sight(page: Page) -> None:
    page.goto(ADDRESS)
    seen: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["tag"] == "BODY":
            break
        assert stop["width"] > 1, stop
        assert stop["height"] > 1, stop
        seen.append(stop["text"])
    assert seen[0] == "Skip to main content"
    assert "Sign" in seen
    # On narrow screens the headings of a table are hidden, and so are the links that sort.
    narrow = page.viewport_size is not None and page.viewport_size["width"] < 769
    assert ("Next date" in seen) is not narrow


def test_without_javascript_everything_is_there_and_works(chrome: Browser) -> None:
    width, height = SIZES[-1]
    page = chrome.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
    page.route("**/*", answer)
    page.goto(ADDRESS)
    assert wider_than_the_window(page) <= 0
    for control in page.get_by_role("main").locator("input:not([type=hidden]), select").all():
        assert control.is_visible(), control
    page.get_by_label("Title", exact=True).fill("x" * 201)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    assert page.get_by_label("Title", exact=True).input_value() == "x" * 201
    page.close()


def test_on_paper_there_is_no_navigation(page: Page) -> None:
    page.goto(ADDRESS)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Menu").is_visible()
    assert not page.get_by_role("button", name="Sign", exact=True).is_visible()
    assert page.get_by_role("heading", name="Commissioning of primary care").is_visible()


def test_forced_colours_keep_states_and_changes_readable(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(ADDRESS)
    assert page.locator(".nhsuk-tag").first.is_visible()
    inserted = page.locator("ins")
    assert inserted.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    assert findings(page) == []


STOP = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const label = element.labels && element.labels[0];
  return {
    tag: element.tagName,
    text: (label || element).innerText.trim(),
    width: box.width,
    height: box.height,
  };
}"""
