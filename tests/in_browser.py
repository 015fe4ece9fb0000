"""What tests in a real browser share: Chromium, what axe finds, and how wide a page is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, sync_playwright

NODE_MODULES = Path(__file__).resolve().parents[1] / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
DESIGN_SYSTEM = NODE_MODULES / "nhsuk-frontend" / "dist" / "nhsuk" / "nhsuk-frontend.css"
# As on a desk, and as on the narrowest telephone that WCAG asks for.
NARROW = 320
SIZES = [(1280, 900), (NARROW, 700)]

TORN = """() => [...document.querySelectorAll(".nhsuk-table__heading")].filter(name => {
    const words = name.textContent.trim(), range = document.createRange()
    range.selectNodeContents(name)
    return /^\\w+$/.test(words) && name.offsetHeight && range.getClientRects().length > 1
}).map(name => name.textContent.trim())"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window: its headless shell takes a quarter less work."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def findings(page: Page) -> list[str]:
    """What axe objects to, on a page of a computer that has `AXE` at hand.

    Playwright gives it to each page: the page's policy would block a script tag.
    """
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(all => all.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def without_style(page: Page) -> list[str]:
    """The classes of a page for which the design system has a style and our style sheet none."""
    written = "[...document.querySelectorAll('[class]')].flatMap(each => [...each.classList])"
    return left_out(page.evaluate(written))


def left_out(names: Iterable[str]) -> list[str]:
    return sorted(set(names) & _left_out())


@cache
def _left_out() -> frozenset[str]:
    whole, ours = (
        set(re.findall(r"\.(nhsuk-[\w-]+)", file.read_text()))
        for file in (DESIGN_SYSTEM, Path(str(finders.find("portal.css"))))
    )
    return frozenset(whole - ours)


def names_torn(page: Page) -> list[str]:
    """Words that stand alone as the name of a column, and break before they end."""
    found: list[str] = page.evaluate(TORN)
    return found


def wider_than_the_window(page: Page) -> int:
    """By how many pixels one would have to scroll sideways, once the page has settled."""
    for _ in range(10):
        over = int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        if over <= 0:
            return 0
        # After a change of size the header's script still puts its menu together.
        page.wait_for_timeout(100)
    return over
